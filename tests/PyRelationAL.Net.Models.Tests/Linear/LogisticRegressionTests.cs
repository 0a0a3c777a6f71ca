using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Linear;

public class LogisticRegressionTests
{
    [TestCase("binary", "irisTrain2", "irisTest2")]
    [TestCase("multinomial", "irisTrain3", "irisTest3")]
    [TestCase("multinomialStrong", "irisTrain3", "irisTest3")]
    public void WeightsAndProbabilitiesEqualScikitLearns(string name, string train, string test)
    {
        var golden = GoldenData.Root.GetProperty("logistic").GetProperty(name);
        var model = new LogisticRegression(new() { InverseRegularisation = golden.Number("c"), GradientTolerance = 1e-10 });
        model.Train(GoldenData.Classification(train), null, new RandomStream(1));
        Close.AssertAll(model.Weights.Span, golden.Numbers("weights"), 1e-6);
        // scikit-learn leaves the sum of the intercepts where it started; ours is 0, and only differences matter.
        Close.AssertAll(Centred(model.Intercepts.ToArray()), Centred(golden.Numbers("intercepts")), 1e-6);
        Close.AssertAll(model.PredictProbabilities(GoldenData.Classification(test)).Values, golden.Numbers("probabilities"), 1e-6);
    }

    [Test]
    public void DefaultToleranceIsCloseEnoughForProbabilities()
    {
        var model = new LogisticRegression();
        model.Train(GoldenData.Classification("irisTrain3"), null, new RandomStream(1));
        Assert.That(model.Optimisation!.Converged, Is.True, model.Optimisation.ToString());
        Assert.That(
            model.PredictProbabilities(GoldenData.Classification("irisTest3")).Values.ToArray(),
            Is.EqualTo(GoldenData.Root.GetProperty("logistic").GetProperty("multinomial").Numbers("probabilities")).Within(1e-5));
    }

    [Test]
    public void FeaturesOfVeryDifferentScalesConverge()
    {
        DatasetView data = Toy.Classification(200);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(i => data.Features.Row(i).ToArray())];
        foreach (float[] row in rows)
        {
            row[0] = (row[0] * 1e4f) + 5e4f;
            row[1] *= 1e-3f;
        }

        var model = new LogisticRegression();
        model.Train(Toy.FromClassification(rows, data.ClassLabels(), 3), null, new RandomStream(1));
        Assert.That(model.Optimisation!.Converged, Is.True, model.Optimisation.ToString());
        Assert.That(model.Optimisation.Evaluations, Is.LessThan(100));
    }

    [Test]
    public void SeparableClassesStayFinite()
    {
        var model = new LogisticRegression(new() { InverseRegularisation = 1e6 });
        DatasetView data = Toy.FromClassification([[-1], [-2], [1], [2]], [0, 0, 1, 1], 2);
        model.Train(data, null, new RandomStream(1));
        Assert.That(double.IsFinite(model.Weights.Span[0]), Is.True);
        Assert.That(model.PredictProbabilities(data).Row(3)[1], Is.GreaterThan(0.99));
    }

    [Test]
    public void AbsentClassesHaveProbabilityZeroAndOneClassIsCertain()
    {
        var model = new LogisticRegression();
        DatasetView items = Toy.FromClassification([[0], [9]], [0, 1], 4);
        model.Train(Toy.FromClassification([[0], [1], [8], [9]], [0, 0, 3, 3], 4), null, new RandomStream(1));
        ClassProbabilities p = model.PredictProbabilities(items);
        Assert.That(new[] { p.ArgMax(0), p.ArgMax(1) }, Is.EqualTo(new[] { 0, 3 }));
        Assert.That(p.Row(1)[1] + p.Row(1)[2], Is.Zero);
        Assert.That(model.Classes, Is.EqualTo(new[] { 0, 3 }));

        model.Train(Toy.FromClassification([[0]], [2], 4), null, new RandomStream(1));
        Assert.That(model.PredictProbabilities(items).Row(0).ToArray(), Is.EqualTo(new[] { 0.0, 0, 1, 0 }));
        Assert.That(model.Weights.Length, Is.Zero);
    }

    [TestCase(2, 2)]
    [TestCase(2, 4)]
    [TestCase(3, 3)]
    [TestCase(3, 5)]
    public void TheHeadsLogitsHaveTheProbabilitiesAsTheirSoftmax(int classes, int taskClasses)
    {
        DatasetView data = Toy.Classification(60, classes: classes, taskClasses: taskClasses);
        var model = new LogisticRegression();
        Assert.That(() => model.Head, Throws.InvalidOperationException.With.Message.Contains("not trained"));
        model.Train(data, null, new RandomStream(1));
        double[] expected = model.PredictProbabilities(data).Values.ToArray();
        Assert.That(model.PredictLogits(data).Softmax().Values.ToArray(), Is.EqualTo(expected).Within(1e-12));
        Assert.That(model.Embed(data).Values.ToArray(), Is.EqualTo(data.Features.Values.ToArray()));
        Assert.That(model.Head.OutputCount, Is.EqualTo(taskClasses));
        var context = new QueryContext(data, data.Slice(0, 0), model, new RandomStream(1));
        Assert.That(context.GradientEmbeddings.OutputCount, Is.EqualTo(taskClasses));
        DatasetView far = Toy.FromClassification([[1e6f, -1e6f, 1e6f], [-1e20f, 3, 1e20f]], [0, 0], taskClasses);
        Assert.That(model.PredictLogits(far).Softmax().Values.ToArray(), Is.EqualTo(model.PredictProbabilities(far).Values.ToArray()).Within(1e-9));
    }

    [Test]
    public void OneClassPresentIsCertainToTheHeadToo()
    {
        var model = new LogisticRegression();
        model.Train(Toy.FromClassification([[0], [1]], [2, 2], 4), null, new RandomStream(1));
        DatasetView items = Toy.FromClassification([[5]], [0], 4);
        Assert.That(model.PredictLogits(items).Softmax().Row(0).ToArray(), Is.EqualTo(new[] { 0.0, 0, 1, 0 }));
        Assert.That(model.InputGradients(items.Features, new double[] { 1, 2, 3, 4 }).Values.ToArray(), Is.EqualTo(new[] { 0f }));
    }

    [Test]
    public void RowsWithoutFeaturesGiveTheClassShares()
    {
        var model = new LogisticRegression();
        DatasetView data = DatasetView.All(InMemoryDataset.ForClassification("none", new FeatureMatrix(default, 4, 0), [0, 1, 1, 1]));
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictProbabilities(data).Row(0)[1], Is.EqualTo(0.75).Within(1e-6));
    }

    [Test]
    public void OptionsAreCheckedAtConstruction()
    {
        Assert.That(() => new LogisticRegression(new() { InverseRegularisation = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LogisticRegression(new() { MaximumIterations = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LogisticRegression(new() { GradientTolerance = double.NaN }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double[] Centred(double[] values) => values.Length == 1 ? values : [.. values.Select(v => v - values.Average())];
}
