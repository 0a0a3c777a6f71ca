using System.Globalization;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Messages, tables and parsing do not depend on the culture of the machine.</summary>
[NonParallelizable]
public sealed class CultureTests
{
    private CultureInfo _before = CultureInfo.InvariantCulture;

    [SetUp]
    public void UseCommasForDecimals()
    {
        _before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        CultureInfo.CurrentCulture = culture;
        Assert.That($"{-1.5}", Is.EqualTo("−1,5"), "the culture is in force");
    }

    [TearDown]
    public void Restore() => CultureInfo.CurrentCulture = _before;

    [Test]
    public void Text_is_the_same_under_a_culture_with_commas()
    {
        Assert.That(Label.OfValue(-1.5).ToString(), Is.EqualTo("-1.5"));
        var data = new DataManager(TestData.Regression(TestData.Rows(50)),
            new DataSplit { Test = TestData.Range(42, 8), InitialSize = InitialSize.OfCount(5) });
        Assert.That(data.ToString(), Does.EndWith("Percentage Labelled: 11.905"));
        ActiveLearningPipeline pipeline = PipelineTests.Pipeline();
        pipeline.Run(rounds: 1);
        Assert.That(pipeline.Summary().ToString(), Does.Not.Contain(",").And.Contains("."));
    }

    [Test]
    public void Messages_are_the_same_under_a_culture_with_commas()
    {
        Assert.That(() => InitialSize.OfShare(-1.5), Throws.Exception.With.Message.Contains("share is -1.5"));
        Assert.That(() => new InformativenessFunctions.UpperConfidenceBound(-1.5), Throws.Exception.With.Message.Contains("kappa is -1.5"));
        Assert.That(() => new Predictions.ClassProbabilities([0.5, 0.6], 2), Throws.ArgumentException.With.Message.Contains("sums to 1.1"));
        Assert.That(() => new Predictions.GaussianPredictions(new[] { 0.0 }, new[] { -0.25 }), Throws.ArgumentException.With.Message.Contains("is -0.25"));
        Assert.That(
            () => new DataManager(TestData.Regression(TestData.Rows(9)), new DataSplit { Test = [8], HitRatioAt = 1.5 }),
                Throws.Exception.With.Message.Contains("HitRatioAt is 1.5"));
        Assert.That(StrategyCatalogue.Find("leastconfidence").Name, Is.EqualTo("LeastConfidence"));
    }

    [Test]
    public void Results_are_the_same_under_a_culture_with_commas()
    {
        ActiveLearningPipeline comma = PipelineTests.Pipeline();
        comma.Run(rounds: 3, batchSize: 2);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ActiveLearningPipeline invariant = PipelineTests.Pipeline();
        invariant.Run(rounds: 3, batchSize: 2);
        Assert.That(PipelineTests.Lines(comma), Is.EqualTo(PipelineTests.Lines(invariant)));
    }
}
