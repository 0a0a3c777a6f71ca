using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class BatchBALDTests
{
    [Test]
    public void The_worked_example()
    {
        var gains = new double[2];
        PosteriorClassSamples samples = Binary([[0.9, 0.9, 0.1, 0.1], [0.9, 0.9, 0.1, 0.1], [0.85, 0.15, 0.85, 0.15]]);
        Assert.That(BatchBALDStrategy.Select(samples, 2, new RandomStream(1), gains), Is.EqualTo([0, 2]));
        Assert.That(gains[0], Is.EqualTo(0.368064).Within(1e-6));
        Assert.That(gains[0] + gains[1], Is.EqualTo(0.638502).Within(1e-6));
        double[] bald = new double[3];
        ClassificationBald.Compute(samples.Values, 4, 2, bald);
        Close.Check(bald, [0.368064, 0.368064, 0.270438], Close.SixDecimals);
        Assert.That(Information(samples, [0, 1]), Is.EqualTo(0.514375).Within(1e-6), "what the duplicate would have added is little");
        Assert.That(BatchBALDStrategy.Select(Binary([[0.9, 0.9, 0.1, 0.1], [0.9, 0.9, 0.1, 0.1]]), 2, new RandomStream(1), gains), Is.EqualTo([0, 1]));
        Assert.That(gains.Sum(), Is.EqualTo(0.514375).Within(1e-6));
        Assert.That(TopPositions.Of(bald, 2), Is.EqualTo([0, 1]));
        Assert.That(gains[0] + gains[1] + Remaining(samples, [0, 1]), Is.EqualTo(1.164541).Within(1e-6), "H(y₀, y₁)");
        BatchBALDStrategy.Select(samples, 2, new RandomStream(1), gains);
        Assert.That(gains[0] + gains[1] + Remaining(samples, [0, 2]), Is.EqualTo(1.386294).Within(1e-6), "H(y₀, y₂)");
    }

    [Test]
    public void Labels_that_are_independent_tell_what_each_tells_alone()
    {
        // 2³ parameters, of which each label depends on one factor: joint entropies add up, and so does what they tell.
        double[][] second = [.. Enumerable.Range(0, 3).Select(n => Enumerable.Range(0, 8).Select(m => ((m >> n) & 1) == 0 ? 0.1 + (0.05 * n) : 0.8).ToArray())];
        double[] bald = new double[3], gains = new double[3];
        PosteriorClassSamples samples = Binary(second);
        ClassificationBald.Compute(samples.Values, 8, 2, bald);
        int[] batch = BatchBALDStrategy.Select(samples, 3, new RandomStream(1), gains);
        Assert.That(gains, Is.EqualTo(batch.Select(i => bald[i])).Within(1e-12));
    }

    [Test]
    public void A_hundred_thousand_configurations_come_within_a_fiftieth_of_a_nat()
    {
        // 2¹⁷ configurations of seventeen labels are more; with 2¹⁸ all are gone through.
        PosteriorClassSamples samples = Random(20, 18, 2, seed: 9);
        double[] exact = new double[18], sampled = new double[18];
        int[] batch = BatchBALDStrategy.Select(samples, 18, new RandomStream(1), exact, configurationCount: 1 << 18);
        Assert.That(BatchBALDStrategy.Select(samples, 18, new RandomStream(1), sampled, configurationCount: 100_000), Is.EqualTo(batch));
        Assert.That(sampled[..17], Is.EqualTo(exact[..17]));
        Assert.That(sampled[17], Is.EqualTo(exact[17]).Within(0.02).And.Not.EqualTo(exact[17]));
    }

    [Test]
    public void A_label_adds_no_more_than_its_own_BALD([Range(1, 5)] int seed)
    {
        PosteriorClassSamples samples = Random(5, 8, 3, seed);
        double[] bald = new double[8], gains = new double[8];
        ClassificationBald.Compute(samples.Values, 5, 3, bald);
        int[] batch = BatchBALDStrategy.Select(samples, 8, new RandomStream(1), gains);
        for (int k = 0; k < 8; k++)
        {
            Assert.That(gains[k], Is.InRange(-1e-12, bald[batch[k]] + 1e-12));
        }
    }

    [Test]
    public void A_batch_of_one_is_BALD()
    {
        PosteriorClassSamples samples = Random(6, 50, 4, seed: 2);
        var bald = new double[50];
        ClassificationBald.Compute(samples.Values, 6, 4, bald);
        var gains = new double[1];
        Assert.That(BatchBALDStrategy.Select(samples, 1, new RandomStream(1), gains)[0], Is.EqualTo(Array.IndexOf(bald, bald.Max())));
        Assert.That(gains[0], Is.EqualTo(bald.Max()).Within(1e-12));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Exact_gains_are_those_of_all_configurations_written_out(int seed)
    {
        PosteriorClassSamples samples = Random(5, 150, 3, seed);
        var gains = new double[4];
        int[] batch = BatchBALDStrategy.Select(samples, 4, new RandomStream(1), gains);
        for (int k = 0; k < 4; k++)
        {
            double[] information = [.. Enumerable.Range(0, 150).Select(x => batch[..k].Contains(x) ? -1 : Information(samples, [.. batch[..k], x]))];
            double best = information.Max();
            Assert.That(gains[..(k + 1)].Sum(), Is.EqualTo(best).Within(1e-10));
            Assert.That(batch[k], Is.EqualTo(Array.FindIndex(information, i => i > best - 1e-10)));
        }

        Assert.That(gains, Is.Ordered.Descending, "mutual information is submodular");
    }

    [Test]
    public void Sampled_gains_come_near_the_exact_ones()
    {
        PosteriorClassSamples samples = Random(8, 120, 3, seed: 4);
        double[] exact = new double[6], sampled = new double[6];
        int[] batch = BatchBALDStrategy.Select(samples, 6, new RandomStream(1), exact);
        int[] drawn = BatchBALDStrategy.Select(samples, 6, new RandomStream(1), sampled, configurationCount: 200);
        Assert.That(drawn[..5], Is.EqualTo(batch[..5]), "3⁴ configurations are fewer than 200");
        Assert.That(sampled[5], Is.EqualTo(exact[5]).Within(0.05).And.Not.EqualTo(exact[5]));
        Assert.That(
            BatchBALDStrategy.Select(samples, 6, new RandomStream(1), sampled, configurationCount: 200, maxDegreeOfParallelism: 5), Is.EqualTo(drawn));
    }

    [TestCase(1.5, 0.9, 1)]
    [TestCase(8, 0, 0.5)]
    public void Configurations_that_leave_no_doubt_count_as_the_others(double spread, double leastDoubtful, double mostDoubtful)
    {
        const int Samples = 7, Rows = 60, Count = 701;
        PosteriorClassSamples samples = Random(Samples, Rows, 4, seed: 9, spread);
        double[] entropies = new double[Samples * Rows], conditional = new double[Rows], bound = new double[Rows], sampled = new double[Rows];
        Entropies.OfRows(samples.Values, 4, entropies);
        Array.Fill(bound, double.PositiveInfinity);
        var configurations = new LabelConfigurations(samples, Count, new RandomStream(2));
        var taken = new bool[Rows];
        foreach (int candidate in new[] { 3, 8, 11, 20, 33, 41 })
        {
            configurations.Add(candidate);
            taken[candidate] = true;
        }

        Assert.That(configurations.DoubtfulBefore(Count) / (double)Count, Is.InRange(leastDoubtful, mostDoubtful));
        for (int x = 0; x < Rows; x++)
        {
            conditional[x] = Enumerable.Range(0, Samples).Average(m => entropies[(m * Rows) + x]);
            for (int j = 0; j < Count; j++)
            {
                for (int c = 0; c < 4; c++)
                {
                    double p = Enumerable.Range(0, Samples).Sum(m => configurations.Rows[(j * Samples) + m] * samples.Row(m, x)[c]);
                    sampled[x] -= p > 0 ? p * Math.Log(p) / Count : 0;
                }
            }

            sampled[x] -= conditional[x];
        }

        double gain = new LargestGain(samples, entropies, conditional, 2, CancellationToken.None).Find(configurations, bound, taken, out int best);
        Assert.That(gain, Is.EqualTo(sampled.Where((_, x) => !taken[x]).Max()).Within(1e-5));
        Assert.That(sampled[best], Is.EqualTo(gain).Within(1e-5));
    }

    [Test]
    public void A_duplicate_adds_almost_nothing()
    {
        PosteriorClassSamples one = Random(10, 1, 5, seed: 6), rest = Random(10, 20, 5, seed: 7, spread: 0.05);
        double[] values = new double[10 * 22 * 5];
        for (int m = 0; m < 10; m++)
        {
            one.Row(m, 0).CopyTo(values.AsSpan(((m * 22) + 3) * 5));
            one.Row(m, 0).CopyTo(values.AsSpan(((m * 22) + 9) * 5));
            int row = 0;
            foreach (int n in Enumerable.Range(0, 22).Where(n => n is not (3 or 9)))
            {
                rest.Row(m, row++).CopyTo(values.AsSpan(((m * 22) + n) * 5));
            }
        }

        var gains = new double[2];
        int[] batch = BatchBALDStrategy.Select(new PosteriorClassSamples(values, 10, 5), 2, new RandomStream(1), gains);
        Assert.That(batch[0], Is.EqualTo(3));
        Assert.That(gains[1], Is.LessThan(gains[0]));
    }

    [Test]
    public void Samples_that_agree_tell_nothing_and_go_by_index()
    {
        var same = new PosteriorClassSamples([.. Enumerable.Repeat(new[] { 1.0, 0 }, 60).SelectMany(p => p)], 3, 2);
        Assert.That(BatchBALDStrategy.Select(same, 4, new RandomStream(1)), Is.EqualTo([0, 1, 2, 3]));
    }

    /// <summary>I(y; θ) of a whole batch, from the definition.</summary>
    private static double Information(PosteriorClassSamples samples, int[] batch)
    {
        int s = samples.SampleCount, c = samples.ClassCount;
        double joint = 0;
        for (int y = 0; y < (int)Math.Pow(c, batch.Length); y++)
        {
            double p = Enumerable.Range(0, s).Average(m =>
            {
                int rest = y;
                double product = 1;
                foreach (int x in batch)
                {
                    product *= samples.Row(m, x)[rest % c];
                    rest /= c;
                }

                return product;
            });
            joint -= p > 0 ? p * Math.Log(p) : 0;
        }

        return joint - Remaining(samples, batch);
    }

    /// <summary>The entropy of the labels that is left when the parameters are known.</summary>
    private static double Remaining(PosteriorClassSamples samples, int[] batch) => batch.Sum(x =>
        Enumerable.Range(0, samples.SampleCount).Average(m => samples.Row(m, x).ToArray().Sum(p => p > 0 ? -p * Math.Log(p) : 0)));

    private static PosteriorClassSamples Binary(double[][] second) => new(
        [.. Enumerable.Range(0, second[0].Length).SelectMany(m => second.SelectMany(row => new[] { 1 - row[m], row[m] }))], second[0].Length, 2);

    private static PosteriorClassSamples Random(int samples, int rows, int classes, long seed, double spread = 2)
    {
        var random = new RandomStream(seed);
        var values = new double[samples * rows * classes];
        for (int i = 0; i < values.Length; i += classes)
        {
            double[] e = [.. Enumerable.Range(0, classes).Select(_ => Math.Exp(spread * random.NextGaussian()))];
            for (int c = 0; c < classes; c++)
            {
                values[i + c] = e[c] / e.Sum();
            }
        }

        return new PosteriorClassSamples(values, samples, classes);
    }
}
