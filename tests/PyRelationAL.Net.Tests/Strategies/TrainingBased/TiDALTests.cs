using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class TiDALTests
{
    private static readonly DatasetView Labelled = new(TestData.Classification(TestData.Rows(5), 2), TestData.Range(0, 2));

    [Test]
    public void The_worked_example()
    {
        // EX-TIDAL
        var hook = new TrainingDynamicsHook(new AuxiliaryHead { OutputCount = 2 });
        hook.OnEpoch(new TrainingEpoch(0, Labelled, [0.5, 0.5, 1, 0]));
        hook.OnEpoch(new TrainingEpoch(1, Labelled, [0.7, 0.3, 1, 0]));
        hook.OnEpoch(new TrainingEpoch(2, Labelled, [0.9, 0.1, 0.7, 0.3]));
        Close.Check(hook.Mean, [0.7, 0.3, 0.9, 0.1]);
        hook.OnEpoch(new TrainingEpoch(0, Labelled, [0.2, 0.8, 1, 0]));
        Close.Check(hook.Mean, [0.2, 0.8, 1, 0], what: "a new training starts anew");

        ClassProbabilities dynamics = new([0.6, 0.3, 0.1, 0.6, 0.3, 0.1], 3);
        var scores = new double[2];
        Entropy.Compute(dynamics.Values, 3, scores);
        Close.Check(scores, [0.897946, 0.897946], Close.SixDecimals);
        TiDALStrategy.ComputeMargin(dynamics, [0, 1], scores);
        Close.Check(scores, [-0.3, 0.3], Close.SixDecimals);
        Assert.That(() => TiDALStrategy.ComputeMargin(dynamics, [0, 3], new double[2]), Throws.ArgumentException.With.Message.Contains("row 1"));
    }

    [Test]
    public void The_head_learns_the_mean_by_its_divergence_and_nothing_before_there_is_one()
    {
        var hook = new TrainingDynamicsHook(new AuxiliaryHead { OutputCount = 2 });
        Assert.That(Evaluate(hook, 0, [1, 0], [3, 1, 0, 2]).Loss, Is.Zero);
        hook.OnEpoch(new TrainingEpoch(0, Labelled, [0.25, 0.75, 1, 0]));
        // Rows come in the batch's order, not in that of the labelled items.
        (double loss, float[] gradient) = Evaluate(hook, 1, [1, 0], [0, 0, (float)Math.Log(3), 0]);
        double expected = (Math.Log(2) + (0.25 * Math.Log(0.25 / 0.75)) + (0.75 * Math.Log(0.75 / 0.25))) / 2;
        Close.Check(loss, expected, 1e-6);
        Close.Check(Array.ConvertAll(gradient, v => (double)v), [-0.25, 0.25, 0.25, -0.25], 1e-6);
        Assert.That(Evaluate(hook, 1, [1], [-2000, 2000]).Loss, Is.EqualTo(4000).Within(1e-6), "a head that is wrong and sure has a finite loss");
        Assert.That(Evaluate(hook, 1, [1], [2000, -2000]).Loss, Is.Zero);
    }

    [Test]
    public void There_is_an_output_for_each_class_and_so_scores_differ()
    {
        // With one output the softmax is 1 everywhere, and every score 0.
        var strategy = new TiDALStrategy(head: new AuxiliaryHead { OutputCount = 1, HiddenWidth = 9 });
        Assert.That(
            strategy.CreateTrainingHook(LearningTask.Classification(5)).AuxiliaryHead, Is.EqualTo(new AuxiliaryHead { OutputCount = 5, HiddenWidth = 9 }));
        FakeNetwork model = Rounds.Joined(new FakeNetwork(), strategy, TestData.Classification(TestData.Rows(20), 3));
        Suggestion batch = strategy.Suggest(Rounds.Over(TestData.Classification(TestData.Rows(50), 3), model), 10);
        Assert.That(batch.Scores, Is.Unique.And.All.InRange(1e-3, Math.Log(3)));
    }

    [Test]
    public void The_margin_is_taken_at_the_classifiers_own_prediction()
    {
        var strategy = new TiDALStrategy(DynamicsScore.Margin);
        Assert.That(strategy.Requirements.Capabilities, Is.EqualTo(Capabilities.TrainingHooks | Capabilities.ClassProbabilities));
        FakeNetwork model = Rounds.Joined(new FakeNetwork(), strategy, TestData.Classification(TestData.Rows(20), 3));
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(50), 3), model);
        Suggestion batch = strategy.Suggest(context, 46);
        FeatureMatrix outputs = model.PredictAuxiliary(context.Pool);
        double[] expected = [.. Enumerable.Range(0, 46).Select(i =>
        {
            double[] e = [.. outputs.Row(i).ToArray().Select(v => Math.Exp(v))];
            int y = context.ClassProbabilities.ArgMax(i);
            return (e.Where((_, c) => c != y).Max() - e[y]) / e.Sum();
        })];
        Close.Check([.. batch.Scores!], [.. expected.OrderDescending()]);
        Assert.That(() => new TiDALStrategy((DynamicsScore)5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static (double Loss, float[] Gradient) Evaluate(TrainingDynamicsHook hook, int epoch, int[] rows, float[] outputs)
    {
        var gradient = new float[outputs.Length];
        double loss = hook.AuxiliaryLoss(
            new AuxiliaryBatch { Epoch = epoch, Rows = rows, Losses = new double[rows.Length], Outputs = outputs, OutputCount = 2 }, gradient);
        return (loss, gradient);
    }
}
