using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ClassBalancedTests
{
    // EX-CB.
    private static readonly ClassProbabilities Example = new([0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.2, 0.8, 0.3, 0.7], 2);

    [Test]
    public void EntropyCB_makes_up_what_a_class_lacks()
    {
        Assert.That(EntropyCBStrategy.Select(Example, [0, 2], 2), Is.EquivalentTo(new[] { 3, 4 }));
        Assert.That(EntropyCBStrategy.Select(Example, [0, 2], 2, balance: 0), Is.EqualTo(new[] { 2, 4 }), "plain entropy");
        Assert.That(EntropyCBStrategy.Select(Example, [0, 2], 5), Is.EquivalentTo(Enumerable.Range(0, 5)));
    }

    [Test]
    public void CoresetCB_weighs_distance_against_balance()
    {
        // The example's criterion is [6, 4.5, 2.5, 3, 3.6].
        FeatureMatrix rows = FeatureMatrix.FromRows([[1], [2], [3], [0.5f], [0.4f]]), labelled = FeatureMatrix.FromRows([[0]]);
        Assert.That(CoresetCBStrategy.Select(Example, rows, labelled, [0, 2], 1, scaleDistances: false), Is.EqualTo(new[] { 2 }));
        Assert.That(CoresetCBStrategy.Select(Example, rows, labelled, [0, 2], 1, balance: 50, scaleDistances: false), Is.EqualTo(new[] { 3 }));
        FeatureMatrix larger = FeatureMatrix.FromRows([[1000], [2000], [3000], [500], [400]]);
        Assert.That(
            CoresetCBStrategy.Select(Example, larger, labelled, [0, 2], 5),
            Is.EqualTo(CoresetCBStrategy.Select(Example, rows, labelled, [0, 2], 5)),
            "the unit of the distances does not matter");
    }

    [Test]
    public void CoresetCB_without_balance_is_k_centre()
    {
        FeatureMatrix rows = TestData.Rows(60, 4), labelled = TestData.Rows(3, 4, seed: 5);
        var probabilities = new ClassProbabilities([.. Enumerable.Repeat(0.5, 120)], 2);
        Assert.That(CoresetCBStrategy.Select(probabilities, rows, labelled, [0, 0], 20, 0), Is.EqualTo(KCentreGreedyStrategy.Select(rows, labelled, 20)));
    }

    [Test]
    public void A_class_without_labels_is_one_that_lacks_them()
    {
        // All four labels are of class 0; 4 + 2 over three classes: the others lack two each.
        Datasets.InMemoryDataset data = Datasets.InMemoryDataset.ForClassification("one class", TestData.Rows(10), new int[10], 3);
        Assert.That(ClassBalance.Missing(Rounds.Over(data, null), 2), Is.EqualTo(new double[] { 0, 2, 2 }));
    }
}
