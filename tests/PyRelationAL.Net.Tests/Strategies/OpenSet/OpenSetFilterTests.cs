using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class OpenSetFilterTests
{
    [Test]
    public void Purity_is_the_cosine_with_the_nearest_labelled_item_less_that_with_the_nearest_outside()
    {
        FeatureMatrix candidates = FeatureMatrix.FromRows([[2, 0], [3, 4], [0, -1], [0, 0]]);
        FeatureMatrix labelled = FeatureMatrix.FromRows([[1, 0], [0, 2]]), outside = FeatureMatrix.FromRows([[-5, 0]]), none = new(default, 0, 0);
        Close.Check(OpenSetFilterStrategy.Purity(candidates, labelled, outside), [1 + 1, 0.8 + 0.6, 0, 0]);
        Close.Check(OpenSetFilterStrategy.Purity(candidates, labelled, none), [1, 0.8, 0, 0]);
        Close.Check(OpenSetFilterStrategy.Purity(candidates, none, outside), [1, 0.6, 0, 0]);
    }

    [Test]
    public void The_other_strategy_sees_the_purest_part_only()
    {
        // Angles from the labelled item at 0°, the outside one at 180°: purity falls with the index.
        Datasets.InMemoryDataset data = Circle(12);
        int[] seen = [];
        IInformativenessFunction look = Informativeness.Of(Requirements.None, context =>
        {
            seen = context.Pool.Indices.ToArray();
            return [.. seen.Select(i => (double)i)];
        });
        Suggestion batch = new OpenSetFilterStrategy(new CompositeStrategy(look), 0.25).Suggest(Context(data), 2);
        Assert.That(seen, Is.EqualTo([2, 3, 4]), "a quarter of ten, rounded up");
        Assert.That(batch.Indices, Is.EqualTo([4, 3]));
        Assert.That(batch.Scores, Is.EqualTo([4.0, 3.0]));
        Assert.That(new OpenSetFilterStrategy(new CompositeStrategy(look), 0.1).Suggest(Context(data), 5).Indices, Has.Count.EqualTo(5), "grown to the batch");
        Assert.That(seen, Is.EqualTo([2, 3, 4, 5, 6]));
    }

    [Test]
    public void A_share_of_one_changes_nothing_and_neither_does_knowing_nothing()
    {
        var pool = new OpenSetPool(3);
        IReadOnlyList<int> plain = new EntropyClassificationStrategy().Suggest(pool.Context(), 9).Indices;
        Assert.That(new OpenSetFilterStrategy(new EntropyClassificationStrategy(), 1).Suggest(pool.Context(), 9).Indices, Is.EqualTo(plain));
        QueryContext cold = Rounds.Over(pool.Data, pool.Model, labelled: 0);
        Assert.That(
            new OpenSetFilterStrategy(new EntropyClassificationStrategy(), 0.1).Suggest(cold, 9).Indices,
            Is.EqualTo(new EntropyClassificationStrategy().Suggest(cold, 9).Indices));
    }

    [Test]
    public void It_makes_batches_purer()
    {
        double entropy = OpenSetPool.MeanPurity(() => new EntropyClassificationStrategy());
        double random = OpenSetPool.MeanPurity(() => new RandomAcquisitionStrategy());
        double filtered = OpenSetPool.MeanPurity(() => new OpenSetFilterStrategy(new EntropyClassificationStrategy(), 0.4));
        Assert.That(filtered, Is.GreaterThan(random + 0.3));
        Assert.That(entropy, Is.LessThan(random), "the pool is one in which uncertainty asks for what belongs to no class");
    }

    [Test]
    public void What_the_other_strategy_needs_it_needs_too()
    {
        var strategy = new OpenSetFilterStrategy(new BADGEStrategy(), space: FeatureSpace.Embeddings);
        Assert.That(strategy.Requirements.Capabilities, Is.EqualTo(new BADGEStrategy().Requirements.Capabilities | Capabilities.Embeddings));
        Assert.That(strategy.Name, Is.EqualTo("BADGE of the purest 0.5"));
        Assert.That(() => new OpenSetFilterStrategy(new BADGEStrategy(), 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new OpenSetFilterStrategy(new BADGEStrategy(), 1.01), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new OpenSetFilterStrategy(null!), Throws.ArgumentNullException);
    }

    /// <summary>Item 0 is labelled, item 1 outside, the others go round from the one to the other.</summary>
    private static Datasets.InMemoryDataset Circle(int count)
    {
        float[] At(float angle) => [MathF.Cos(angle), MathF.Sin(angle)];
        float[][] rows = [[1, 0], [-1, 0], .. Enumerable.Range(1, count - 2).Select(i => At(MathF.PI * i / count))];
        return new Datasets.InMemoryDataset(
            "circle",
            FeatureMatrix.FromRows(rows),
            LearningTask.Classification(2),
            [Label.OfClass(0), Label.OutOfDistribution, .. Enumerable.Repeat(Label.OfClass(1), count - 2)]);
    }

    private static QueryContext Context(IDataset data) => new(
        new DatasetView(data, TestData.Range(2, data.Count - 2)), new DatasetView(data, new[] { 0 }), null, new Numerics.RandomStream(1))
    {
        OutOfDistribution = new DatasetView(data, new[] { 1 }),
    };
}
