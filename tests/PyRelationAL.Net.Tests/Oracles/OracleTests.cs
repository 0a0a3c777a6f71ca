using PyRelationAL.Datasets;
using PyRelationAL.Oracles;

namespace PyRelationAL.Tests;

public sealed class OracleTests
{
    [Test]
    public async Task Flips_have_the_asked_probability_and_are_uniform_over_the_other_classes()
    {
        const int Count = 20_000;
        InMemoryDataset dataset = InMemoryDataset.ForClassification("c", TestData.Rows(Count, 1), new int[Count], 4);
        IReadOnlyList<Label> labels = await new NoisyOracle(new BenchmarkOracle(), seed: 3, flipProbability: 0.3).LabelAsync(DatasetView.All(dataset));
        double[] counts = [.. Enumerable.Range(0, 4).Select(c => (double)labels.Count(l => l.Class == c))];
        Assert.That(ChiSquare.Statistic(counts, [0.7 * Count, 0.1 * Count, 0.1 * Count, 0.1 * Count]), Is.LessThan(ChiSquare.Critical(3)));
    }

    [Test]
    public async Task Noise_on_values_has_the_asked_deviation()
    {
        const int Count = 20_000;
        InMemoryDataset dataset = InMemoryDataset.ForRegression("r", TestData.Rows(Count, 1), [.. Enumerable.Repeat(5.0, Count)]);
        IReadOnlyList<Label> labels = await new NoisyOracle(new BenchmarkOracle(), seed: 3, sigma: 2).LabelAsync(DatasetView.All(dataset));

        // Four standard errors at a fixed seed.
        Assert.That(labels.Average(l => l.Value), Is.EqualTo(5).Within(4 * 2 / Math.Sqrt(Count)));
        Assert.That(labels.Average(l => (l.Value - 5) * (l.Value - 5)), Is.EqualTo(4).Within(4 * 4 * Math.Sqrt(2.0 / Count)));
    }

    [Test]
    public async Task Noise_belongs_to_the_item_and_not_to_the_order_of_asking()
    {
        InMemoryDataset dataset = TestData.Regression(TestData.Rows(50));
        var oracle = new NoisyOracle(new BenchmarkOracle(), seed: 3, sigma: 2);
        IReadOnlyList<Label> all = await oracle.LabelAsync(DatasetView.All(dataset)), some = await oracle.LabelAsync(new DatasetView(dataset, new[] { 40, 7 }));
        Assert.That(some, Is.EqualTo([all[40], all[7]]));
        IReadOnlyList<Label> other = await new NoisyOracle(new BenchmarkOracle(), seed: 4, sigma: 2).LabelAsync(DatasetView.All(dataset));
        Assert.That(other, Is.Not.EqualTo(all));
    }

    [Test]
    public async Task Without_noise_answers_pass_through()
    {
        DatasetView items = DatasetView.All(TestData.Classification(TestData.Rows(30), 3));
        IReadOnlyList<Label> plain = await new BenchmarkOracle().LabelAsync(items);
        Assert.That(await new NoisyOracle(new BenchmarkOracle(), 1).LabelAsync(items), Is.EqualTo(plain));
        Assert.That(new NoisyOracle(new BenchmarkOracle(), 1).Name, Is.EqualTo("noisy benchmark"));
    }

    [Test]
    public async Task A_certain_flip_never_keeps_the_class_and_one_class_cannot_flip()
    {
        DatasetView items = DatasetView.All(TestData.Classification(TestData.Rows(50), 3));
        IReadOnlyList<Label> flipped = await new NoisyOracle(new BenchmarkOracle(), 1, flipProbability: 1).LabelAsync(items);
        Assert.That(flipped.Zip(items.ClassLabels()), Is.All.Matches<(Label Label, int Class)>(p => p.Label.Class != p.Class && p.Label.Class < 3));
        DatasetView single = DatasetView.All(TestData.Classification(TestData.Rows(5), 1));
        Assert.That(await new NoisyOracle(new BenchmarkOracle(), 1, flipProbability: 1).LabelAsync(single), Is.All.EqualTo(Label.OfClass(0)));
    }

    [Test]
    public async Task A_delegate_is_asked_item_by_item_or_batch_by_batch()
    {
        var items = new DatasetView(TestData.Classification(TestData.Rows(9), 3), new[] { 8, 2 });
        Label[] expected = [Label.OfClass(2), Label.OfClass(2)];
        Assert.That(await new DelegateOracle(i => Label.OfClass(i % 3)).LabelAsync(items), Is.EqualTo(expected));
        Assert.That(await new DelegateOracle((i, _) => Task.FromResult(Label.OfClass(i % 3))).LabelAsync(items), Is.EqualTo(expected));
        DelegateOracle batches = DelegateOracle.ForBatches((v, _) =>
            Task.FromResult<IReadOnlyList<Label>>([.. v.Indices.ToArray().Select(i => Label.OfClass(i % 3))]), "web");
        Assert.That(await batches.LabelAsync(items), Is.EqualTo(expected));
        Assert.That(batches.Name, Is.EqualTo("web"));
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        foreach (double bad in new[] { -0.1, 1.1, double.NaN })
        {
            Assert.That(
                () => new NoisyOracle(new BenchmarkOracle(), 1, flipProbability: bad),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 1]"));
        }

        foreach (double bad in new[] { -0.1, double.PositiveInfinity, double.NaN })
        {
            Assert.That(() => new NoisyOracle(new BenchmarkOracle(), 1, sigma: bad), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        Assert.That(() => new NoisyOracle(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => new DelegateOracle((Func<int, Label>)null!), Throws.ArgumentNullException);
        Assert.That(() => new DelegateOracle(_ => Label.Missing, string.Empty), Throws.ArgumentException);
    }
}
