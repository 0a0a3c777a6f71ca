using PyRelationAL.ActiveLearning;
using PyRelationAL.Oracles;

namespace PyRelationAL.Tests;

/// <summary>Failing, slow and cancelled parts: a round is applied whole or not at all, and going on gives the history of an undisturbed run.</summary>
public sealed class InterruptionTests
{
    private static string[] Undisturbed
    {
        get
        {
            ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle(Answer));
            pipeline.Run(rounds: 4, batchSize: 2);
            return PipelineTests.Lines(pipeline);
        }
    }

    [Test]
    public void An_oracle_that_fails_changes_nothing_and_can_be_asked_again()
    {
        int calls = 0;
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle(i => ++calls == 4 ? throw new TimeoutException("no answer") : Answer(i)));
        OracleException? error = Assert.Throws<OracleException>(() => pipeline.Run(rounds: 4, batchSize: 2));
        Assert.That(error!.Message, Does.Contain("delegate").And.Contains("no answer"));
        Assert.That(error.InnerException, Is.TypeOf<TimeoutException>());
        Assert.That(pipeline.History, Has.Count.EqualTo(1));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(7));
        Assert.That(pipeline.LabelledBy, Has.Count.EqualTo(7));
        pipeline.Run(rounds: 3, batchSize: 2);
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(Undisturbed));
    }

    [Test]
    public void Labels_that_are_short_missing_or_wrong_change_nothing()
    {
        void Refused(Func<int, IReadOnlyList<Label>?> answer, string message)
        {
            ActiveLearningPipeline pipeline = PipelineTests.Pipeline(DelegateOracle.ForBatches((items, _) => Task.FromResult(answer(items.Count)!)));
            Label[] before = [.. pipeline.Data.TrainIndices.Select(pipeline.Data.Dataset.GetLabel)];
            Assert.That(() => pipeline.Run(rounds: 1, batchSize: 2), Throws.TypeOf<OracleException>().With.Message.Contains(message));
            Assert.That(pipeline.Data.TrainIndices.Select(pipeline.Data.Dataset.GetLabel), Is.EqualTo(before));
            Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(5));
            Assert.That(pipeline.History, Is.Empty);
        }

        Refused(_ => [Label.OfValue(1)], "gave 1 labels for 2 items");
        Refused(_ => [Label.OfValue(1), Label.OfValue(2), Label.OfValue(3)], "gave 3 labels for 2 items");
        Refused(_ => null, "gave 0 labels for 2 items");
        Refused(_ => [Label.OfValue(1), Label.Missing], "gave no label for item");
        Refused(_ => [Label.OfValue(1), Label.OfClass(1)], "does not fit");
    }

    [Test]
    public void A_benchmark_oracle_without_a_label_says_which()
    {
        Datasets.InMemoryDataset dataset = TestData.Regression(TestData.Rows(20));
        dataset.SetLabel(9, Label.Missing);
        var data = new DataManager(dataset, new DataSplit { Test = [18, 19], Labelled = [1, 2] });
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(data: data);
        Assert.That(() => pipeline.Query([8, 9]), Throws.TypeOf<OracleException>().With.Message.Contains("item 9").And.Message.Contains("DelegateOracle"));
        Assert.That(data.LabelledCount, Is.EqualTo(2));
    }

    [Test]
    public void An_oracles_own_timeout_is_a_failure_and_no_cancellation()
    {
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle((_, _) =>
            Task.FromException<Label>(new TaskCanceledException("timed out"))));
        Assert.That(() => pipeline.Run(rounds: 1), Throws.TypeOf<OracleException>().With.Message.Contains("timed out"));
        Assert.That(() => pipeline.Query(pipeline.Step(1).Indices), Throws.TypeOf<OracleException>());
    }

    [Test]
    public void Cancelled_before_the_start_nothing_happens()
    {
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline();
        Assert.That(pipeline.Run(cancellationToken: new CancellationToken(canceled: true)), Is.EqualTo(StopReason.Cancelled));
        Assert.That(pipeline.History, Is.Empty);
        Assert.That(() => pipeline.Step(1, cancellationToken: new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Cancelled_while_training_the_run_can_go_on()
    {
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle(Answer));
        using var source = new CancellationTokenSource();
        var model = (FakeModel)pipeline.Model;
        model.WhileTraining = labelled =>
        {
            if (labelled.Count == 9)
            {
                source.Cancel();
            }
        };
        Assert.That(pipeline.Run(new RunOptions { Rounds = 4, BatchSize = 2 }, cancellationToken: source.Token), Is.EqualTo(StopReason.Cancelled));
        Assert.That(pipeline.History, Has.Count.EqualTo(2));
        Assert.That(model.IsTrained, Is.False);
        model.WhileTraining = null;
        pipeline.Run(rounds: 2, batchSize: 2);
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(Undisturbed));
    }

    [Test]
    public void Cancelled_while_the_oracle_answers_the_run_can_go_on([Values] bool oracleNotices)
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(DelegateOracle.ForBatches(
            (items, token) =>
            {
                if (++calls == 3)
                {
                    source.Cancel();
                    if (oracleNotices)
                    {
                        token.ThrowIfCancellationRequested();
                    }
                }

                return Task.FromResult<IReadOnlyList<Label>>([.. items.Indices.ToArray().Select(Answer)]);
            }));
        Assert.That(pipeline.Run(new RunOptions { Rounds = 4, BatchSize = 2 }, cancellationToken: source.Token), Is.EqualTo(StopReason.Cancelled));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(9));
        Assert.That(pipeline.History, Has.Count.EqualTo(2));
        pipeline.Run(rounds: 2, batchSize: 2);
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(Undisturbed));
    }

    [Test]
    public void A_second_run_that_is_cancelled_or_fails_keeps_the_final_record_of_the_first()
    {
        bool fail = false;
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle(i => fail ? throw new TimeoutException() : Answer(i)));
        pipeline.Run(rounds: 2, batchSize: 2);
        string[] before = PipelineTests.Lines(pipeline);
        Assert.That(pipeline.Run(new RunOptions { Rounds = 1 }, cancellationToken: new CancellationToken(canceled: true)), Is.EqualTo(StopReason.Cancelled));
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(before));
        fail = true;
        Assert.That(() => pipeline.Run(rounds: 1), Throws.TypeOf<OracleException>());
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(before));
        fail = false;
        pipeline.Run(rounds: 2, batchSize: 2);
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(Undisturbed));
    }

    [Test]
    public void A_training_that_fails_passes_through_and_changes_nothing()
    {
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle(Answer));
        var model = (FakeModel)pipeline.Model;
        model.WhileTraining = _ => throw new Models.ModelTrainingException("singular");
        Assert.That(() => pipeline.Run(rounds: 2), Throws.TypeOf<Models.ModelTrainingException>());
        Assert.That(pipeline.History, Is.Empty);
        model.WhileTraining = null;
        pipeline.Run(rounds: 4, batchSize: 2);
        Assert.That(PipelineTests.Lines(pipeline), Is.EqualTo(Undisturbed));
    }

    [Test]
    public async Task A_slow_oracle_is_awaited()
    {
        var answers = new TaskCompletionSource<IReadOnlyList<Label>>(TaskCreationOptions.RunContinuationsAsynchronously);
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(DelegateOracle.ForBatches((_, _) => answers.Task));
        Task<StopReason> run = pipeline.RunAsync(new RunOptions { Rounds = 1, BatchSize = 2 });
        Assert.That(run.IsCompleted, Is.False);
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(5));
        answers.SetResult([Label.OfValue(1), Label.OfValue(2)]);
        Assert.That(await run, Is.EqualTo(StopReason.RoundsDone));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(7));
    }

    [Test]
    public async Task Giving_up_on_an_oracle_that_never_answers_ends_the_run()
    {
        using var source = new CancellationTokenSource();
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline(new DelegateOracle((_, token) => new TaskCompletionSource<Label>().Task.WaitAsync(token)));
        Task<StopReason> run = pipeline.RunAsync(new RunOptions { Rounds = 1 }, cancellationToken: source.Token);
        Assert.That(run.IsCompleted, Is.False);
        await source.CancelAsync();
        Assert.That(await run, Is.EqualTo(StopReason.Cancelled));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(5));
    }

    private static Label Answer(int index) => Label.OfValue(index % 7);
}
