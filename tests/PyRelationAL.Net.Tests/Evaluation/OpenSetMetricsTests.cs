using PyRelationAL.ActiveLearning;
using PyRelationAL.Evaluation;

namespace PyRelationAL.Tests;

public sealed class OpenSetMetricsTests
{
    [Test]
    public void Numbers_worked_out_by_hand()
    {
        // Queries of 4, 4 and 2 items with 1, 4 and 0 of unknown classes; the pool had 20 known items.
        IReadOnlyDictionary<string, IReadOnlyList<double>> metrics = OpenSetMetrics.Compute([Round(4, 1), Round(4, 4), Round(2, 0), Round(0, 0)], 20);
        Assert.That(metrics[MetricNames.BatchPurity], Is.EqualTo([1, 0.75, 0, 1]));
        Assert.That(metrics[MetricNames.Purity], Is.EqualTo([1, 3.0 / 4, 3.0 / 8, 5.0 / 10]));
        Assert.That(metrics[MetricNames.KnownRecall], Is.EqualTo([0, 3.0 / 20, 3.0 / 20, 5.0 / 20]));
    }

    [Test]
    public void Without_a_query_nothing_was_wasted()
    {
        IReadOnlyDictionary<string, IReadOnlyList<double>> metrics = OpenSetMetrics.Compute([Round(0, 0)], 3);
        Assert.That(metrics.Values.Select(values => values.Single()), Is.EquivalentTo([1, 1, 0]));
        Assert.That(Round(0, 0).Purity, Is.Null);
    }

    [Test]
    public void No_rounds_and_no_known_items_are_refused()
    {
        Assert.That(() => OpenSetMetrics.Compute([], 3), Throws.ArgumentException);
        Assert.That(() => OpenSetMetrics.Compute([Round(1, 0)], 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("knownInPool"));
    }

    private static RoundRecord Round(int queried, int outside) => new()
    {
        Round = 0,
        LabelledCount = 1,
        UnlabelledCount = 1,
        Metrics = new Dictionary<string, double>(),
        Queried = [.. Enumerable.Range(0, queried)],
        OutOfDistributionQueried = outside,
    };
}
