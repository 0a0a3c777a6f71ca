using System.Text.Json;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public sealed class RandomStreamTests
{
    public static IEnumerable<long> Seeds => GoldenData.Section("stream").EnumerateArray().Select(s => s.GetProperty("seed").GetInt64());

    [TestCaseSource(nameof(Seeds))]
    public void Sequences_are_those_of_the_published_generators(long seed)
    {
        JsonElement golden = GoldenData.Section("stream").EnumerateArray().Single(s => s.GetProperty("seed").GetInt64() == seed);
        Assert.That(Bits(new RandomStream(seed), 8), Is.EqualTo(golden.Bits("bits")));
        Assert.That(Bits(new RandomStream(seed).Child("query"), 4), Is.EqualTo(golden.Bits("child")));
        Assert.That(Bits(new RandomStream(seed).Child("è中"), 4), Is.EqualTo(golden.Bits("accented")));
        Assert.That(Bits(new RandomStream(seed).Child(7), 4), Is.EqualTo(golden.Bits("indexed")));
        Assert.That(Bits(new RandomStream(seed).Child("a").Child(-1), 4), Is.EqualTo(golden.Bits("grandchild")));
        var stream = new RandomStream(seed);
        Assert.That(Enumerable.Range(0, 4).Select(_ => stream.NextDouble()), Is.EqualTo(golden.Numbers("doubles")));
    }

    [Test]
    public void A_child_does_not_depend_on_what_was_drawn_nor_on_other_children()
    {
        var stream = new RandomStream(5);
        ulong[] before = Bits(stream.Child("x"), 3);
        _ = stream.NextGaussian();
        _ = stream.Child("y").NextUInt64();
        Assert.That(Bits(stream.Child("x"), 3), Is.EqualTo(before));
        Assert.That(stream.NextUInt64(), Is.Not.EqualTo(new RandomStream(5).NextUInt64()), "the parent did draw");
    }

    [Test]
    public void Children_differ_by_name_by_index_and_from_their_parent()
    {
        var stream = new RandomStream(5);
        ulong[] first = [stream.Child("a").NextUInt64(), stream.Child("b").NextUInt64(), stream.Child(string.Empty).NextUInt64(),
            stream.Child("a").Child("a").NextUInt64(), .. Enumerable.Range(-100, 1000).Select(i => stream.Child(i).NextUInt64()), stream.NextUInt64()];
        Assert.That(first, Is.Unique);
    }

    [Test]
    public void Doubles_are_uniform()
    {
        var counts = new double[64];
        var stream = new RandomStream(7);
        for (int i = 0; i < 64_000; i++)
        {
            counts[(int)(stream.NextDouble() * 64)]++;
        }

        Assert.That(ChiSquare.Statistic(counts, [.. Enumerable.Repeat(1000.0, 64)]), Is.LessThan(ChiSquare.Critical(63)));
    }

    [Test]
    public void Bounded_integers_are_uniform_and_in_range([Values(1, 2, 3, 6, 10)] int bound)
    {
        var counts = new double[bound];
        var stream = new RandomStream(11);
        for (int i = 0; i < 2000 * bound; i++)
        {
            counts[stream.NextInt32(bound)]++;
        }

        Assert.That(bound == 1 || ChiSquare.Statistic(counts, [.. Enumerable.Repeat(2000.0, bound)]) < ChiSquare.Critical(bound - 1));
    }

    [Test]
    public void The_largest_bound_is_respected()
    {
        var stream = new RandomStream(3);
        int[] draws = [.. Enumerable.Range(0, 10_000).Select(_ => stream.NextInt32(int.MaxValue))];
        Assert.That(draws, Is.All.InRange(0, int.MaxValue - 1));
        Assert.That(draws.Average(d => (double)d) / int.MaxValue, Is.EqualTo(0.5).Within(0.02));
    }

    [Test]
    public void Gaussian_draws_have_mean_0_variance_1_and_normal_tails([Values] bool together)
    {
        var stream = new RandomStream(17);
        double[] z = [.. Enumerable.Range(0, 40_000).Select(_ => together ? 0 : stream.NextGaussian())];
        if (together)
        {
            stream.FillGaussian(z);
        }

        double mean = z.Average(), variance = z.Select(v => (v - mean) * (v - mean)).Average();

        // Four standard errors: false alarms once in 16,000 seeds, and the seed is fixed.
        Assert.That(mean, Is.EqualTo(0).Within(4 / Math.Sqrt(z.Length)));
        Assert.That(variance, Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / z.Length)));
        double tail = Normal.Cumulative(-2);
        Assert.That(z.Count(v => v < -2) / (double)z.Length, Is.EqualTo(tail).Within(4 * Math.Sqrt(tail / z.Length)));
    }

    [Test]
    public void Many_draws_together_are_uncorrelated_and_begin_alike_whatever_their_number()
    {
        double[] many = new double[20_000], few = new double[301];
        new RandomStream(5).FillGaussian(many);
        new RandomStream(5).FillGaussian(few);
        Assert.That(few, Is.EqualTo(many[..301]));
        for (int lag = 1; lag < 4; lag++)
        {
            Assert.That(Enumerable.Range(lag, many.Length - lag).Average(i => many[i] * many[i - lag]), Is.EqualTo(0).Within(4 / Math.Sqrt(many.Length)));
        }
    }

    [Test]
    public void Uniform_draws_together_are_those_one_by_one()
    {
        RandomStream one = new(9), all = new(9);
        var together = new double[100];
        all.FillDouble(together);
        Assert.That(together, Is.EqualTo(Enumerable.Range(0, 100).Select(_ => one.NextDouble())));
        Assert.That(all.NextUInt64(), Is.EqualTo(one.NextUInt64()), "and so are those behind them");
    }

    [Test]
    public void Open_draws_reach_neither_0_nor_1()
    {
        Assert.That(RandomStream.ToOpenUnit(ulong.MaxValue), Is.LessThan(1));
        Assert.That(RandomStream.ToOpenUnit(0), Is.GreaterThan(0));
        Assert.That(RandomStream.ToOpenUnit(ulong.MaxValue) + RandomStream.ToOpenUnit(0), Is.EqualTo(1), "symmetric");
        Assert.That(RandomStream.ToOpenUnit(1UL << 63), Is.Not.EqualTo(RandomStream.ToOpenUnit((1UL << 63) + (1UL << 12))), "neighbours differ");
    }

    [Test]
    public void Samples_are_distinct_in_range_and_uniform_in_every_place()
    {
        var counts = new double[20];
        for (int i = 0; i < 5000; i++)
        {
            int[] sample = new RandomStream(i).Sample(5, 4);
            Assert.That(sample.Distinct().Count(), Is.EqualTo(4));
            for (int place = 0; place < 4; place++)
            {
                counts[(place * 5) + sample[place]]++;
            }
        }

        for (int place = 0; place < 4; place++)
        {
            Assert.That(ChiSquare.Statistic(counts[(5 * place)..(5 * (place + 1))], [1000, 1000, 1000, 1000, 1000]), Is.LessThan(ChiSquare.Critical(4)));
        }
    }

    [TestCase(0, 0)]
    [TestCase(3, 0)]
    [TestCase(3, 3)]
    public void A_sample_may_be_empty_or_everything(int population, int count) =>
        Assert.That(new RandomStream(1).Sample(population, count), Has.Length.EqualTo(count).And.Unique);

    [Test]
    public void Shuffling_keeps_the_items()
    {
        int[] items = TestData.Range(0, 50);
        new RandomStream(2).Shuffle<int>(items);
        Assert.That(items, Is.EquivalentTo(TestData.Range(0, 50)));
        Assert.That(items, Is.Not.Ordered);
    }

    [Test]
    public void Arguments_are_checked()
    {
        var stream = new RandomStream(1);
        Assert.That(() => stream.NextInt32(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("exclusiveMax is 0"));
        Assert.That(() => stream.Sample(3, 4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 3]"));
        Assert.That(() => stream.Sample(3, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => stream.Sample(-3, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => stream.Child(null!), Throws.ArgumentNullException);
    }

    private static ulong[] Bits(RandomStream stream, int count) => [.. Enumerable.Range(0, count).Select(_ => stream.NextUInt64())];
}
