using System.Text.Json;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class CCALTests
{
    [Test]
    public void Scores_are_those_of_the_formula()
    {
        JsonElement golden = GoldenData.OpenSetSection("ccal");
        (double[] likeness, double[][] scores) = CCALStrategy.Scores(
            TestData.Matrix(golden.Numbers("semantic"), 4),
            TestData.Matrix(golden.Numbers("labelled_semantic"), 4),
            Halves(golden.Numbers("distinctive")),
            Halves(golden.Numbers("labelled_distinctive")),
            golden.Integers("classes"),
            20,
            0.6,
            -1,
            default);
        Close.Check(likeness, golden.Numbers("likeness"), what: "S");
        Close.Check([.. scores.SelectMany(s => s)], golden.Numbers("scores"), 1e-11, "scores");
    }

    [Test]
    public void Places_go_round_the_classes_and_what_is_left_to_the_largest_likeness()
    {
        JsonElement golden = GoldenData.OpenSetSection("ccal");
        double[] likeness = golden.Numbers("likeness"), scores = golden.Numbers("scores");
        int[] batch = CCALStrategy.Select(
            TestData.Matrix(golden.Numbers("semantic"), 4),
            TestData.Matrix(golden.Numbers("labelled_semantic"), 4),
            Halves(golden.Numbers("distinctive")),
            Halves(golden.Numbers("labelled_distinctive")),
            golden.Integers("classes"),
            8,
            20,
            0.6);
        var expected = new List<int>();
        int Best(Func<int, double> score) => Enumerable.Range(0, 20).Where(i => !expected.Contains(i)).MaxBy(score);
        for (int place = 0; place < 6; place++)
        {
            expected.Add(Best(i => scores[(place % 3 * 20) + i]));
        }

        expected.Add(Best(i => likeness[i]));
        expected.Add(Best(i => likeness[i]));
        Assert.That(batch, Is.EqualTo(expected));
    }

    [Test]
    public void Candidates_that_are_all_alike_are_no_problem()
    {
        FeatureMatrix same = TestData.Duplicates(6), labelled = TestData.Duplicates(1);
        Assert.That(CCALStrategy.Select(same, labelled, [same], [labelled], [0], 6), Is.EqualTo(TestData.Range(0, 6)));
        Assert.That(() => CCALStrategy.Select(same, labelled, [], [], [0], 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => CCALStrategy.Select(same, labelled, [same], [labelled], [0, 1], 1), Throws.ArgumentException);
        Assert.That(() => CCALStrategy.Select(same, same.Slice(0, 0), [same], [same.Slice(0, 0)], [], 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void It_makes_batches_of_an_open_set_purer([Values] bool learned)
    {
        double purity = OpenSetPool.MeanPurity(() => new CCALStrategy(learning: learned ? null : ContrastiveLearning.None), learned ? 3 : 10);
        Assert.That(purity, Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.2));
    }

    [Test]
    public void It_needs_labels_and_no_model()
    {
        Assert.That(new CCALStrategy().Requirements.Capabilities, Is.EqualTo(Capabilities.None));
        Assert.That(
            () => new CCALStrategy().Suggest(Rounds.Over(new OpenSetPool(1).Data, null, labelled: 0), 1),
            Throws.InvalidOperationException.With.Message.Contains("no item is labelled"));
        Assert.That(() => new CCALStrategy(sharpness: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CCALStrategy(threshold: 1.5), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ContrastiveLearning { Epochs = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ContrastiveLearning { Temperature = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new ContrastiveLearning { Temperature = 0.001 }, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 0.002"));
        Assert.That(new ContrastiveLearning { Temperature = 0.002 }.Temperature, Is.EqualTo(0.002));
        Assert.That(() => new ContrastiveLearning { LargestRowCount = 1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void At_low_temperatures_the_contrastive_loss_stays_finite_and_its_gradient_right([Values(0.5, 0.05, 0.002)] double temperature)
    {
        var random = new RandomStream(6);
        double[] rows = new double[8 * 3], gradient = new double[24], other = new double[24];
        random.FillGaussian(rows);
        var loss = new ContrastiveLoss(8, 3, temperature);
        Assert.That(loss.Compute(rows, 3, gradient), Is.GreaterThan(0).And.LessThan(double.PositiveInfinity));
        for (int i = 0; i < 24; i++)
        {
            // The smaller the temperature, the narrower the bends.
            double kept = rows[i], step = 1e-6 * Math.Min(1, temperature);
            rows[i] = kept + step;
            double above = loss.Compute(rows, 3, other);
            rows[i] = kept - step;
            double below = loss.Compute(rows, 3, other);
            rows[i] = kept;
            Assert.That(gradient[i] * temperature, Is.EqualTo((above - below) / (2 * step) * temperature).Within(1e-5));
        }
    }

    [Test]
    public void A_run_learns_its_features_once_and_begun_anew_finds_the_same()
    {
        var pool = new OpenSetPool(2);
        ContrastiveFeatures Features(FeatureSpace space = FeatureSpace.Features) =>
            new("test", true, new ContrastiveLearning { Epochs = 2 }, space);
        RunScope Run(long seed) => new(new RandomStream(seed));
        QueryContext Round(RunScope? run, int asked, long stream) => pool.Context(stream, run: run, asked: asked);
        float[] Known(ContrastiveFeatures features, RunScope? run, int asked, long stream)
        {
            QueryContext context = Round(run, asked, stream);
            FeatureMatrix of = features.Of(context, 1)[0];
            return of.Row(context.Pool.Count).ToArray();
        }

        ContrastiveFeatures shared = Features();
        RunScope first = Run(1), second = Run(2);
        float[] once = Known(shared, first, 0, 1), twice = Known(shared, second, 0, 1);
        Assert.That(twice, Is.Not.EqualTo(once), "another run, another seed");
        Assert.That(Known(shared, first, 20, 2), Is.EqualTo(once), "the next round, with a strategy that two runs share");
        Assert.That(Known(Features(), Run(1), 20, 2), Is.EqualTo(once), "begun anew in the second round");
        Assert.That(Known(shared, second, 20, 2), Is.EqualTo(twice));
        Assert.That(Known(shared, null, 0, 1), Is.Not.EqualTo(Known(shared, null, 0, 2)), "without a run each round is for itself");
        Assert.That(Known(Features(FeatureSpace.Embeddings), first, 0, 1), Is.Not.EqualTo(Known(Features(FeatureSpace.Embeddings), first, 0, 2)));
        QueryContext part = Round(first, 0, 1).Restrict(TestData.Range(0, 100));
        Assert.That(shared.Of(part, 1)[0].Row(100).ToArray(), Is.Not.EqualTo(once), "of other items other features");
        Assert.That(Known(shared, first, 0, 3), Is.EqualTo(once), "and again");
    }

    [Test]
    public void The_contrastive_loss_and_its_gradient_are_those_of_PyTorch()
    {
        // Rows of four numbers, the last of which is no part of the features.
        JsonElement golden = GoldenData.OpenSetSection("contrastive");
        double[] rows = golden.Numbers("rows"), gradient = new double[32], expected = golden.Numbers("gradient");
        double[] outputs = [.. rows.Chunk(3).SelectMany(r => r.Append(7))];
        Close.Check(new ContrastiveLoss(11, 3, 0.5).Compute(outputs, 4, gradient), golden.Number("loss"));
        Close.Check(gradient, [.. expected.Chunk(3).SelectMany(r => r.Append(0))]);
    }

    [Test]
    public void Four_rotations_keep_lengths_and_angles_and_lead_back([Values(2, 5)] int columns)
    {
        var rows = new StandardisedRows(TestData.Rows(20, columns));
        var encoder = ContrastiveEncoder.Learn(rows, true, ContrastiveLearning.None, new RandomStream(1), default);
        FeatureMatrix[] shifts = [.. Enumerable.Range(0, 4).Select(k => encoder.Encode(rows, 20, k, 1, default))];
        double[] values = TestData.All(rows);
        Close.Check([.. shifts[0].Values.ToArray().Select(v => (double)v)], values, 1e-6);
        Close.Check([.. shifts[2].Values.ToArray().Select(v => (double)v)], [.. values.Select(v => -v)], 1e-6, "half a turn");
        if (columns == 5)
        {
            int left = Enumerable.Range(0, 5).Single(j => shifts[1].Row(7)[j] == shifts[0].Row(7)[j]);
            Assert.That(shifts[3].Row(7)[left], Is.EqualTo(-shifts[0].Row(7)[left]), "the one that has no partner");
        }

        for (int k = 1; k < 4; k++)
        {
            Close.Check(Dot(shifts[k], 3, 8), Dot(shifts[0], 3, 8), 1e-6);
            Close.Check(Dot(shifts[k], 4, 4), Dot(shifts[0], 4, 4), 1e-6);
        }
    }

    [Test]
    public void Learning_lowers_the_loss_so_that_copies_of_a_row_lie_together([Values] bool distinctive)
    {
        FeatureMatrix features = new OpenSetPool(1).Data.Features;
        var rows = new StandardisedRows(features);
        double Nearness(int epochs)
        {
            var encoder = ContrastiveEncoder.Learn(rows, distinctive, new ContrastiveLearning { Epochs = epochs }, new RandomStream(1), default);
            var noise = new RandomStream(2);
            float[] copies = Array.ConvertAll(TestData.All(rows), v => (float)(v + (0.3 * noise.NextGaussian())));
            FeatureMatrix a = encoder.Encode(rows, features.RowCount, 0, -1, default);
            FeatureMatrix b = encoder.Encode(new StandardisedRows(new FeatureMatrix(copies, features.RowCount, 6)), features.RowCount, 0, -1, default);
            double own = Enumerable.Range(0, 200).Average(i => Cosine(a.Row(i), b.Row(i)));
            return own - Enumerable.Range(0, 200).Average(i => Cosine(a.Row(i), b.Row((i + 77) % 200)));
        }

        Assert.That(Nearness(20), Is.GreaterThan(Nearness(1) + 0.03));
    }

    private static double Dot(FeatureMatrix rows, int i, int j) => Dot(rows.Row(i), rows.Row(j));

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += (double)a[k] * b[k];
        }

        return sum;
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

    private static FeatureMatrix[] Halves(double[] values) =>
        [TestData.Matrix(values[..(values.Length / 2)], 3), TestData.Matrix(values[(values.Length / 2)..], 3)];
}
