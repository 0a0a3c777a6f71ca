using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ALFAMixTests
{
    // EX-ALFA
    private static readonly LinearHead Identity = new((double[])[1, 0, 0, 1], (double[])[0, 0]);

    [Test]
    public void The_worked_example()
    {
        double[] z = [0.6, 0.4], mean = [0, 1];
        Close.Check(Mixed(Identity, z, mean, 0.03125), [0.586742, 0.413258], Close.SixDecimals);
        Close.Check(Mixed(Identity, z, mean, 0.25), [0.493934, 0.506066], Close.SixDecimals);
        Close.Check(new ClassLogits(Logits(Identity, z), 2).Softmax().Values, [0.549834, 0.450166], Close.SixDecimals);
        foreach ((double epsilon, double alpha, int y) in new[] { (0.03125, 0.022097, 0), (0.25, 0.176777, 1) })
        {
            double[] mixed = Mixed(Identity, z, mean, epsilon);
            Close.Check([.. z.Zip(mixed, mean).Select(v => (v.Second - v.First) / (v.Third - v.First))], [alpha, alpha], Close.SixDecimals, "α");
            Assert.That(Class(Identity, mixed), Is.EqualTo(y));
        }

        var share = new double[1];
        ALFAMixStrategy.Compute(FeatureMatrix.FromRows([[0.6f, 0.4f]]), FeatureMatrix.FromRows([[0, 1], [0, 1]]), [1, 1], Identity, share);
        // z̃ = z + ε ‖z* − z‖ / √2 · (−1, 1)/√2 meets the diagonal where ε ‖z* − z‖ / 2 is 0.1.
        Close.Check(share, [0.2 / Math.Sqrt(0.72)], 1e-6);
        Assert.That(share[0], Is.InRange(0.03125, 0.25));
    }

    [Test]
    public void The_share_is_where_the_elementwise_mix_changes_its_class()
    {
        const int classes = 4, width = 5;
        double[] w = Doubles(TestData.Rows(classes, width, seed: 2)), b = Doubles(TestData.Rows(1, classes, seed: 3));
        var head = new LinearHead(w, b);
        FeatureMatrix pool = TestData.Rows(3000, width), labelled = TestData.Rows(30, width, seed: 4);
        // No item of class 3: its mean is that of all.
        int[] labels = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        double[][] rows = [.. Enumerable.Range(0, 30).Select(i => Doubles(labelled.Slice(i, 1)))];
        double[][] means = [.. Enumerable.Range(0, classes).Select(c => Mean([.. rows.Where((_, i) => labels[i] == c || c == 3)]))];
        var shares = new double[3000];
        ALFAMixStrategy.Compute(pool, labelled, labels, head, shares);
        Assert.That(shares.Count(s => s < 1), Is.InRange(300, 2700));
        for (int i = 0; i < 300; i++)
        {
            double[] z = Doubles(pool.Slice(i, 1));
            bool Changes(double epsilon) => means.Any(mean => Class(head, Mixed(head, z, mean, epsilon)) != Class(head, z));
            foreach (double epsilon in (double[])[0.01, 0.2, 0.9, shares[i] * 0.999, shares[i] * 1.001])
            {
                if (double.IsFinite(epsilon))
                {
                    Assert.That(Changes(epsilon), Is.EqualTo(shares[i] < epsilon), $"row {i}, share {shares[i]}, ε {epsilon}");
                }
            }
        }

        var single = new double[3000];
        ALFAMixStrategy.Compute(pool, labelled, labels, head, single, maxDegreeOfParallelism: 1);
        Assert.That(single, Is.EqualTo(shares));
    }

    [Test]
    public void Every_candidate_is_looked_at_and_the_batch_is_of_those_that_change()
    {
        // Items close to the boundary lie at the end of a pool of 3,000, in two directions: a batch of two has one of each.
        var rows = new List<float[]>([[1, 0], [0, 1], [1, 0], [0, 1]]);
        rows.AddRange(Enumerable.Range(0, 3000).Select(i => i % 2 == 0 ? [5f, 0.1f] : new[] { 0.1f, 5f }));
        for (int i = 0; i < 3; i++)
        {
            rows[3001 + i] = [0.52f + (0.001f * i), 0.5f];
            rows[2001 + i] = [-0.5f, -0.52f - (0.001f * i)];
        }

        var model = new FakeNetwork { Given = Identity };
        var data = Datasets.InMemoryDataset.ForClassification("mixed", FeatureMatrix.FromRows(rows), [.. rows.Select(r => r[0] > r[1] ? 0 : 1)], 2);
        for (int seed = 0; seed < 5; seed++)
        {
            IReadOnlyList<int> batch = new ALFAMixStrategy().Suggest(Rounds.Over(data, model, seed: seed), 2).Indices;
            Assert.That(batch.Count(i => i is >= 3001 and <= 3003), Is.EqualTo(1), string.Join(',', batch));
            Assert.That(batch.Count(i => i is >= 2001 and <= 2003), Is.EqualTo(1));
        }
    }

    [Test]
    public void Without_items_that_change_the_batch_is_random_and_distinct()
    {
        // No weights: no gradient.
        var flat = new FakeNetwork { Given = new LinearHead(new double[6], (double[])[1, 0]) };
        QueryContext Context(int seed) => Rounds.Over(TestData.Classification(TestData.Rows(40), 2), flat, seed: seed);
        IReadOnlyList<int> all = new ALFAMixStrategy().Suggest(Context(1), 36).Indices;
        Assert.That(all, Is.Unique);
        Assert.That(new ALFAMixStrategy().Suggest(Context(1), 4).Indices, Is.Not.EqualTo(new ALFAMixStrategy().Suggest(Context(2), 4).Indices));
    }

    [Test]
    public void An_item_that_is_every_mean_itself_cannot_be_mixed()
    {
        var share = new double[1];
        ALFAMixStrategy.Compute(FeatureMatrix.FromRows([[2, 1]]), FeatureMatrix.FromRows([[2, 1]]), [0], Identity, share);
        Assert.That(share[0], Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Wrong_arguments_are_refused()
    {
        FeatureMatrix rows = TestData.Rows(3, 2);
        Assert.That(() => ALFAMixStrategy.Compute(rows, rows, [0, 1, 2], Identity, new double[3]), Throws.ArgumentException.With.Message.Contains("row 2"));
        Assert.That(
            () => ALFAMixStrategy.Compute(rows, rows.Slice(0, 0), [], Identity, new double[3]),
            Throws.ArgumentException.With.Message.Contains("no item is labelled"));
        Assert.That(() => ALFAMixStrategy.Compute(rows, rows, [0], Identity, new double[3]), Throws.ArgumentException);
        Assert.That(() => new ALFAMixStrategy(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ALFAMixStrategy(1.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>α ∘ z* + (1 − α) ∘ z with the weights α as the paper has them, element by element.</summary>
    private static double[] Mixed(LinearHead head, double[] z, double[] mean, double epsilon)
    {
        int width = z.Length, y = Class(head, z);
        double[] p = [.. new ClassLogits(Logits(head, z), head.OutputCount).Softmax().Values];
        p[y] -= 1;
        double[] g = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, p.Length).Sum(c => p[c] * head.Weights[(c * width) + j]))];
        double length = Math.Sqrt(g.Sum(v => v * v)), distance = Math.Sqrt(z.Zip(mean, (a, m) => (m - a) * (m - a)).Sum());
        return [.. Enumerable.Range(0, width).Select(j =>
        {
            double alpha = epsilon / Math.Sqrt(width) * distance * g[j] / length / (mean[j] - z[j]);
            return (alpha * mean[j]) + ((1 - alpha) * z[j]);
        })];
    }

    private static double[] Logits(LinearHead head, double[] z) => [.. Enumerable.Range(0, head.OutputCount).Select(c =>
        head.Biases[c] + Enumerable.Range(0, z.Length).Sum(j => head.Weights[(c * z.Length) + j] * z[j]))];

    private static int Class(LinearHead head, double[] z)
    {
        double[] logits = Logits(head, z);
        return Array.IndexOf(logits, logits.Max());
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(row => row[j]))];

    private static double[] Doubles(FeatureMatrix rows) => [.. rows.Values.ToArray().Select(v => (double)v)];
}
