using PyRelationAL.Numerics;
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
    public void EntropyCB_comes_near_the_best_batch_and_finds_that_of_the_worked_example()
    {
        double[] entropies = [.. Enumerable.Range(0, 5).Select(i => Example.Row(i).ToArray().Sum(Entropies.XLogX))];
        Close.Check(entropies, [-0.325083, -0.500402, -0.673012, -0.500402, -0.610864], Close.SixDecimals);
        double[] pairs = [.. Enumerable.Range(0, 5).SelectMany(i => Enumerable.Range(0, i).Select(j => Objective(Example, [0, 2], [j, i])))];
        Assert.That(pairs.Min(), Is.EqualTo(Objective(Example, [0, 2], [3, 4])));
        Assert.That(Objective(Example, [0, 2], [3, 4]), Is.EqualTo(-0.511267).Within(1e-6));
        Assert.That(Objective(Example, [0, 2], [2, 4]), Is.EqualTo(-0.203876).Within(1e-6), "plain entropy");
        double gaps = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            double[] p = [.. TestData.Rows(12, 1, seed).Values.ToArray().Select(x => 1 / (1 + Math.Exp(-2.0 * x))).SelectMany(q => new[] { q, 1 - q })];
            var probabilities = new ClassProbabilities(p, 2);
            double[] missing = [3, 1];
            double best = (
                from a in Enumerable.Range(0, 12)
                from b in Enumerable.Range(a + 1, 11 - a)
                from c in Enumerable.Range(b + 1, 11 - b)
                from d in Enumerable.Range(c + 1, 11 - c)
                select Objective(probabilities, missing, [a, b, c, d])).Min();
            double found = Objective(probabilities, missing, EntropyCBStrategy.Select(probabilities, missing, 4));
            Assert.That(found, Is.GreaterThan(best - 1e-12));
            gaps += (found - best) / 20;
        }

        TestContext.Out.WriteLine(Guard.Text($"mean gap to the best batch {gaps:F4}"));
        Assert.That(gaps, Is.LessThan(0.2));
    }

    [Test]
    public void Both_raise_the_share_of_the_rare_class([Range(1, 5)] int seed)
    {
        // Nine of ten candidates are of class 0, and so are eight of ten labelled.
        int[] classes = [.. Enumerable.Range(0, 210).Select(i => i % 10 == 3 || i == 5 ? 1 : 0)];
        Datasets.InMemoryDataset data = Datasets.InMemoryDataset.ForClassification("rare", TestData.Rows(210), classes, 2);
        var random = new RandomStream(seed);
        double[] certainty = [.. classes.Select(_ => 0.55 + (0.4 * random.NextDouble()))];
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities(
                [.. items.Indices.ToArray().SelectMany(i => classes[i] == 0 ? new[] { certainty[i], 1 - certainty[i] } : [1 - certainty[i], certainty[i]])], 2),
        };
        int Rare(IStrategy strategy) => strategy.Suggest(Rounds.Over(data, model, labelled: 10, seed: seed), 20).Indices.Count(i => classes[i] == 1);
        Assert.That(Rare(new EntropyCBStrategy(balance: 2)), Is.GreaterThan(Rare(new EntropyClassificationStrategy()) + 4));
        Assert.That(Rare(new CoresetCBStrategy()), Is.GreaterThan(Rare(new KCentreGreedyStrategy()) + 4));
    }

    [Test]
    public void CoresetCB_weighs_distance_against_balance()
    {
        double[] distances = [1, 2, 3, 0.5, 0.4];
        var balance = new ClassBalance(Example, [0, 2], 1);
        Close.Check([.. distances.Select((d, i) => (2.5 * balance.With(i)) - d)], [6, 4.5, 2.5, 3, 3.6]);
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

    /// <summary>What EntropyCB minimises: the negative entropies of a batch, and how far its expected classes are from those that lack labels.</summary>
    private static double Objective(ClassProbabilities p, double[] missing, int[] batch, double balance = 0.6) =>
        batch.Sum(i => p.Row(i).ToArray().Sum(Entropies.XLogX))
        + (balance * Enumerable.Range(0, p.ClassCount).Sum(c => Math.Abs(batch.Sum(i => p.Row(i)[c]) - missing[c])));
}
