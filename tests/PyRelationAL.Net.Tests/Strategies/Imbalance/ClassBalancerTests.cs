using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ClassBalancerTests
{
    [TestCase(new[] { 6, 1, 3 }, new[] { 9, 9, 9 }, 4, new[] { 1, 1, 1, 2 }, Description = "to 6, 4, 4")]
    [TestCase(new[] { 6, 1, 3 }, new[] { 9, 9, 9 }, 9, new[] { 1, 1, 1, 2, 1, 2, 1, 2, 0 }, Description = "what is over goes round")]
    [TestCase(new[] { 6, 1, 3 }, new[] { 9, 2, 9 }, 6, new[] { 1, 1, 2, 2, 2, 0 }, Description = "a class that runs out gives its places to others")]
    [TestCase(new[] { 0, 0 }, new[] { 1, 3 }, 4, new[] { 0, 1, 1, 1 })]
    [TestCase(new int[0], new int[0], 0, new int[0])]
    public void Places_go_to_the_class_with_the_fewest_labels(int[] labelled, int[] available, int count, int[] places) =>
        Assert.That(ClassBalancerStrategy.DealOut(labelled, available, count), Is.EqualTo(places));

    [Test]
    public void No_other_deal_is_more_even()
    {
        int[] labelled = [4, 0, 2], available = [3, 2, 5];
        double Unevenness(int a, int b, int c) => new[] { labelled[0] + a, labelled[1] + b, labelled[2] + c }.Sum(n => (double)n * n);
        for (int count = 0; count <= 10; count++)
        {
            int[] places = ClassBalancerStrategy.DealOut(labelled, available, count);
            double least = (
                from a in Enumerable.Range(0, 4)
                from b in Enumerable.Range(0, 3)
                let c = count - a - b
                where c is >= 0 and <= 5
                select Unevenness(a, b, c)).Min();
            Assert.That(Unevenness(places.Count(p => p == 0), places.Count(p => p == 1), places.Count(p => p == 2)), Is.EqualTo(least));
        }
    }

    [Test]
    public void Each_class_gets_what_the_other_strategy_suggests_of_it()
    {
        QueryContext context = Rounds.Of(TaskKinds.Classification, 60);
        int[] predicted = [.. Enumerable.Range(0, 60).Select(context.ClassProbabilities.ArgMax)];
        IReadOnlyList<int> batch = new ClassBalancerStrategy(new LeastConfidenceStrategy()).Suggest(context, 12).Indices;
        foreach (int c in predicted.Distinct())
        {
            int[] ofClass = [.. Enumerable.Range(0, 60).Where(i => predicted[i] == c)];
            int[] chosen = [.. batch.Where(i => predicted[i - Rounds.LabelledCount] == c)];
            Assert.That(chosen, Is.EqualTo(new LeastConfidenceStrategy().Suggest(context.Restrict(ofClass), chosen.Length).Indices), $"class {c}");
        }
    }

    [Test]
    public void It_evens_out_the_histogram()
    {
        // Ninety of class 0, ten of class 1 among the candidates; eight and two are labelled.
        int[] classes = [.. Enumerable.Range(0, 110).Select(i => i % 10 is 3 || i is 5 ? 1 : 0)];
        Datasets.InMemoryDataset data = Datasets.InMemoryDataset.ForClassification("rare", TestData.Rows(110), classes, 2);
        var model = new ScriptedModel
        {
            Probabilities = items => new Predictions.ClassProbabilities(
                [.. items.ClassLabels().SelectMany(c => c == 0 ? new[] { 0.8, 0.2 } : [0.2, 0.8])], 2),
        };
        QueryContext Context(long seed) => Rounds.Over(data, model, labelled: 10, seed: seed);
        for (int seed = 0; seed < 10; seed++)
        {
            int Rare(IStrategy strategy) => strategy.Suggest(Context(seed), 10).Indices.Count(i => classes[i] == 1);
            Assert.That(Rare(new ClassBalancerStrategy(new RandomAcquisitionStrategy())), Is.EqualTo(8), "to ten and ten");
            Assert.That(Rare(new RandomAcquisitionStrategy()), Is.LessThan(6));
        }
    }

    [Test]
    public void What_the_other_strategy_needs_it_needs_too()
    {
        var strategy = new ClassBalancerStrategy(new BADGEStrategy());
        Assert.That(strategy.Requirements, Is.EqualTo(new BADGEStrategy().Requirements with
        {
            Capabilities = new BADGEStrategy().Requirements.Capabilities | Capabilities.ClassProbabilities,
        }));
        Assert.That(strategy.Name, Is.EqualTo("BADGE balanced"));
        Assert.That(() => new ClassBalancerStrategy(null!), Throws.ArgumentNullException);
        Assert.That(() => ClassBalancerStrategy.DealOut([1, 2], [1], 0), Throws.ArgumentException);
        Assert.That(() => ClassBalancerStrategy.DealOut([1], [1], 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ClassBalancerStrategy.DealOut([-1], [1], 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
