using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>What every strategy promises, for every strategy in the core.</summary>
[TestFixtureSource(typeof(Subjects), nameof(Subjects.Strategies), Category = "Contract")]
public sealed class StrategyContractTests
{
    // Their scores are not what the batch is ordered by: ranked batch mode adds distances that change within the batch, LCMD goes by clusters first.
    private static readonly Type[] NotOrderedByScore = [typeof(RankedBatchStrategy), typeof(LCMDStrategy)];

    private readonly IStrategy _strategy;
    private readonly TaskKinds _task;

    public StrategyContractTests(IStrategy strategy, TaskKinds task)
    {
        _strategy = strategy;
        _task = task;
    }

    [Test]
    public void A_batch_is_exactly_min_of_count_and_pool_distinct_pool_items([Values(0, 1, 2, 7, 30)] int pool)
    {
        foreach (FakeModel model in Models())
        {
            foreach (int count in new[] { -1, 0, 1, 3, pool, pool + 5 })
            {
                QueryContext context = Rounds.Over(Data(TestData.Rows(pool + Rounds.LabelledCount)), model);
                Suggestion suggestion = _strategy.Suggest(context, count);
                Assert.That(suggestion.Indices, Has.Count.EqualTo(Math.Clamp(count, 0, pool)), $"{count} of {pool}");
                Assert.That(suggestion.Indices, Is.Unique);
                Assert.That(suggestion.Indices, Is.SubsetOf(context.Pool.Indices.ToArray()));
                Assert.That(suggestion.Scores?.Count ?? suggestion.Indices.Count, Is.EqualTo(suggestion.Indices.Count));
                Assert.That(suggestion.Scores ?? [], Is.All.Matches<double>(double.IsFinite));
            }
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_batch_on_any_number_of_threads()
    {
        foreach (FakeModel model in Models())
        {
            // Larger than a block of any score, so that threads really share the work.
            Datasets.InMemoryDataset data = Data(TestData.Rows(700));
            int[] Suggest(int threads) => [.. _strategy.Suggest(Rounds.Over(data, model, seed: 9, threads: threads), 12).Indices];
            int[] expected = Suggest(1);
            Assert.That(Suggest(1), Is.EqualTo(expected));
            Assert.That(Suggest(2), Is.EqualTo(expected));
            Assert.That(Suggest(-1), Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_thousand_duplicates_are_no_problem()
    {
        foreach (FakeModel model in Models())
        {
            IReadOnlyList<int> batch = _strategy.Suggest(Rounds.Over(Data(TestData.Duplicates(1000 + Rounds.LabelledCount)), model), 10).Indices;
            Assert.That(batch, Has.Count.EqualTo(10));
            Assert.That(batch, Is.Unique);
            if (IsDeterministic(model))
            {
                Assert.That(batch, Is.EqualTo(TestData.Range(Rounds.LabelledCount, 10)), "equal scores: lowest index first");
            }
        }
    }

    [Test]
    public void Certain_predictions_and_equal_scores_are_no_problem()
    {
        double[] certain = [1, 0, 0], other = [0, 1, 0];
        QueryContext Context(long seed) => Rounds.Over(
            Data(TestData.Duplicates(50)),
            Rounds.Joined(ScriptedModel.Constant(certain, other, mean: 0, deviation: 0), _strategy, Data(TestData.Rows(20))),
            seed: seed);
        IReadOnlyList<int> batch = _strategy.Suggest(Context(1), 5).Indices;
        Assert.That(batch, Has.Count.EqualTo(5));
        if (Models().All(IsDeterministic))
        {
            Assert.That(batch, Is.EqualTo(TestData.Range(Rounds.LabelledCount, 5)));
        }
    }

    [Test]
    public void Labels_that_are_all_the_same_are_no_problem()
    {
        Datasets.InMemoryDataset data = TestData.WithOneLabel(_task, 20);
        foreach (FakeModel model in Models())
        {
            Rounds.Joined(model, _strategy, data).Train(new DatasetView(data, TestData.Range(0, 10)), null, new RandomStream(1));
            Assert.That(_strategy.Suggest(Rounds.Over(data, model), 5).Indices, Has.Count.EqualTo(5));
        }
    }

    [Test]
    public void The_labels_of_the_pool_are_not_read()
    {
        // One class is nowhere in the second pool's labels, and a third pool has none.
        Datasets.InMemoryDataset data = Data(TestData.Rows(34)), same = Data(TestData.Rows(34)), none = Data(TestData.Rows(34));
        for (int i = Rounds.LabelledCount; i < 34; i++)
        {
            same.SetLabel(i, _task == TaskKinds.Regression ? Label.OfValue(-7) : Label.OfClass(1));
            none.SetLabel(i, Label.Missing);
        }

        foreach (FakeModel model in Models())
        {
            IReadOnlyList<int> expected = _strategy.Suggest(Rounds.Over(data, model, seed: 3), 6).Indices;
            Assert.That(_strategy.Suggest(Rounds.Over(same, model, seed: 3), 6).Indices, Is.EqualTo(expected));
            Assert.That(_strategy.Suggest(Rounds.Over(none, model, seed: 3), 6).Indices, Is.EqualTo(expected));
        }
    }

    [Test]
    public void Without_labelled_items_it_works_or_says_that_nothing_is_labelled()
    {
        foreach (FakeModel model in Models())
        {
            QueryContext context = Rounds.Over(Data(TestData.Rows(20)), model, labelled: 0);
            try
            {
                Assert.That(_strategy.Suggest(context, 5).Indices, Has.Count.EqualTo(5));
            }
            catch (InvalidOperationException e)
            {
                Assert.That(e.Message, Does.Contain("no item is labelled"));
            }
        }
    }

    [Test]
    public void Items_known_to_be_of_no_class_are_no_problem_with_or_without_labels([Values(2, 6)] int outside)
    {
        foreach (FakeModel model in Models().Where(_ => _task == TaskKinds.Classification))
        {
            // Larger than a block of any score, so that threads really share the work.
            Datasets.InMemoryDataset data = Data(TestData.Rows(300));
            IReadOnlyList<int> Suggest(int threads) => _strategy.Suggest(Rounds.OpenSet(data, model, 6, outside, threads: threads), 7).Indices;
            try
            {
                Assert.That(Suggest(1), Has.Count.EqualTo(7).And.Unique);
                Assert.That(Suggest(-1), Is.EqualTo(Suggest(1)));
            }
            catch (InvalidOperationException e) when (outside == 6)
            {
                Assert.That(e.Message, Does.Contain("no item is labelled"));
            }
        }
    }

    [Test]
    public void A_deterministic_batch_comes_best_first_and_does_not_depend_on_the_order_of_the_pool()
    {
        foreach (FakeModel model in Models().Where(IsDeterministic))
        {
            FeatureMatrix rows = TestData.Rows(40);
            Suggestion straight = _strategy.Suggest(Rounds.Over(Data(rows), model), 8);
            if (straight.Scores is { } scores && !NotOrderedByScore.Contains(_strategy.GetType()))
            {
                Assert.That(scores, Is.Ordered.Descending);
            }

            int[] order = [.. TestData.Range(0, Rounds.LabelledCount), .. TestData.Permutation(36).Select(i => i + Rounds.LabelledCount)];
            Suggestion permuted = _strategy.Suggest(Rounds.Over(Data(rows.SelectRows(order)), model), 8);
            if (straight.Scores?.Distinct().Count() < straight.Scores?.Count)
            {
                // Votes tie, and ties go by position: the order of the pool may decide between equals only.
                Close.Check([.. permuted.Scores!], [.. straight.Scores]);
                continue;
            }

            Assert.That(permuted.Indices.Select(i => order[i]), Is.EqualTo(straight.Indices));
        }
    }

    [Test]
    public void Predictions_that_are_not_finite_are_refused_by_every_strategy_that_asks_for_them([Values(double.NaN, double.PositiveInfinity)] double bad)
    {
        var model = ScriptedModel.Constant([bad, 0, 0], mean: bad);
        model = new ScriptedModel
        {
            Probabilities = model.Probabilities,
            Samples = model.Samples,
            Gaussian = model.Gaussian,
            Joint = model.Joint,
            Embeddings = items => new FeatureMatrix(Enumerable.Repeat((float)bad, items.Count * 2).ToArray(), items.Count, 2),
            Output = bad,
        };
        Rounds.Joined(model, _strategy, Data(TestData.Rows(20)));
        Suggestion Suggest() => _strategy.Suggest(Rounds.Over(Data(TestData.Rows(20)), model), 5);
        if (_strategy.Requirements.Capabilities == Capabilities.None)
        {
            Assert.That(Suggest().Indices, Has.Count.EqualTo(5), "a strategy that needs no model does not ask it");
            return;
        }

        Assert.That(Suggest, Throws.InstanceOf<ArgumentException>().With.Message.Contains("row 0"));
    }

    [Test]
    public void Features_that_are_not_finite_are_refused_by_every_strategy_that_looks_at_them([Values(float.NaN, float.NegativeInfinity)] float bad)
    {
        bool asked = false;
        LearningTask task = _task == TaskKinds.Regression ? LearningTask.Regression : LearningTask.Classification(3);
        var dataset = new Datasets.DelegateDataset<int>(
            "spoiled",
            20,
            task,
            i => i,
            2,
            (i, row) =>
            {
                asked = true;
                row.Fill(i);
                row[1] = i == 11 ? bad : 0;
            },
            _ => _task == TaskKinds.Regression ? Label.OfValue(1) : Label.OfClass(1));
        Exception? error = null;
        try
        {
            _strategy.Suggest(Rounds.Over(dataset, Models().First()), 20);
        }
        catch (ArgumentException e)
        {
            error = e;
        }

        Assert.That(error is not null, Is.EqualTo(asked));
        if (error is not null)
        {
            Assert.That(error.Message, Does.Contain("Item 11").And.Contains("spoiled").And.Contains("feature 1"));
        }
    }

    [Test]
    public void A_cancelled_query_stops()
    {
        QueryContext context = Rounds.Over(Data(TestData.Rows(40)), Models().First(), cancellationToken: new CancellationToken(canceled: true));
        Assert.That(() => _strategy.Suggest(context, 5), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void What_it_needs_is_checked_and_named()
    {
        if (_strategy.Requirements.Capabilities != Capabilities.None)
        {
            Capabilities first = _strategy.Requirements.Capabilities.Members().First();
            Assert.That(
                () => _strategy.Suggest(Rounds.Over(Data(TestData.Rows(20)), model: null), 1),
                Throws.TypeOf<CapabilityMissingException>().With.Message.Contains(_strategy.Name).And.Message.Contains(first.ToString()));
        }

        LearningTask multiLabel = LearningTask.MultiLabel(2);
        Assert.That(
            () => _strategy.Requirements.Verify(_strategy.Name, multiLabel, new FakeCommittee()),
            _strategy.Requirements.Tasks.HasFlag(TaskKinds.MultiLabel)
                ? Throws.Nothing.Or.TypeOf<CapabilityMissingException>()
                : Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("multi-label"));
    }

    [Test]
    public void It_is_called_as_its_type_is()
    {
        Assert.That(_strategy.Name, Is.Not.Empty);
        Assert.That(_strategy.ToString(), Is.EqualTo($"Strategy: {_strategy.GetType().Name}"));
    }

    private Datasets.InMemoryDataset Data(FeatureMatrix rows) => TestData.For(_task, rows);

    private IEnumerable<FakeModel> Models() => Rounds.ModelsFor(_strategy.Requirements, _task).Select(
        model => Rounds.Joined(model, _strategy, Data(TestData.Rows(20))));

    /// <summary>Whether forty seeds give one and the same batch.</summary>
    private bool IsDeterministic(FakeModel model)
    {
        Datasets.InMemoryDataset data = Data(TestData.Rows(30));
        return Enumerable.Range(0, 40)
            .Select(seed => string.Join(',', _strategy.Suggest(Rounds.Over(data, model, seed: seed), 8).Indices))
            .Distinct(StringComparer.Ordinal)
            .Count() == 1;
    }

}
