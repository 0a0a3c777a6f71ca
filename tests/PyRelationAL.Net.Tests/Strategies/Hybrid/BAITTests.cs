using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class BAITTests
{
    private static readonly FeatureMatrix Nothing = new(ReadOnlyMemory<float>.Empty, 0, 0);

    // EX-BAIT of the catalogue: rank-one information x xᵀ, λ = 1.
    private static readonly FeatureMatrix Example = FeatureMatrix.FromRows([[1, 0], [0, 1], [0.9f, 0.1f], [0.2f, 0.1f]]);

    [Test]
    public void E2_the_worked_example()
    {
        Assert.That(RegressionBAITStrategy.Select(Example, Nothing, 2), Is.EqualTo([0, 1]));
        OptimalDesign design = Design(new FisherInformation(Example, null), 1, 1, out double[] target);
        Close.Check(target, [0.4625, 0.0275, 0.0275, 0.255], 1e-7);
        Close.Check([.. Enumerable.Range(0, 4).Select(i => design.Change(i, 1))], [0.23125, 0.1275, 0.209959, 0.021095], Close.SixDecimals);
        var gains = new double[2];
        Assert.That(design.Forward(2, gains), Is.EqualTo([0, 1]));
        Close.Check(0.7175 - gains.Sum(), 0.35875, Close.SixDecimals);

        double Of(params int[] selected) => Trace(new FisherInformation(Example, null), 1, 1, [.. selected], target);
        Close.Check(Of(), 0.7175, 1e-7);
        Close.Check([.. Enumerable.Range(0, 4).Select(i => Of(i))], [0.48625, 0.59, 0.507541, 0.696405], Close.SixDecimals);
        Close.Check(Of(0, 1), 0.35875, 1e-7);
        Assert.That(Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(0, i).Select(j => Of(i, j))).Min(), Is.EqualTo(Of(1, 0)), "the best of all pairs");
    }

    [Test]
    public void The_trace_of_an_items_information_is_the_squared_length_that_its_gradient_is_expected_to_have()
    {
        // EX-EGL: ‖h‖² (1 − Σ p²).
        FeatureMatrix h = FeatureMatrix.FromRows([[1, 2], [2, 0], [0, 1]]);
        var p = new ClassProbabilities([0.6, 0.4, 0.9, 0.1, 0.5, 0.5], 2);
        for (int i = 0; i < 3; i++)
        {
            var information = new FisherInformation(h.Slice(i, 1), new ClassProbabilities(p.Row(i).ToArray(), 2));
            var matrix = new double[16];
            information.AddTo(matrix, 1, 1, default);
            Close.Check(Enumerable.Range(0, 4).Sum(j => matrix[5 * j]), new[] { 2.4, 0.72, 0.5 }[i]);
        }
    }

    [Test]
    public void Classification_agrees_with_whole_matrices()
    {
        JsonElement golden = GoldenData.DesignSection("bait");
        FeatureMatrix h = TestData.Matrix(golden.Numbers("h"), 4), labelledH = TestData.Matrix(golden.Numbers("labelled_h"), 4);
        var p = new ClassProbabilities(golden.Numbers("p"), 3);
        var labelledP = new ClassProbabilities(golden.Numbers("labelled_p"), 3);
        Assert.That(BAITStrategy.Select(p, h, labelledP, labelledH, 5, 0.3), Is.EqualTo(golden.Integers("batch")));
    }

    [Test]
    public void Regression_agrees_with_whole_matrices()
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Kernel.Rows();
        Assert.That(RegressionBAITStrategy.Select(rows, labelled, 6, 0.5), Is.EqualTo(GoldenData.DesignSection("regression_bait").Integers("batch")));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Gains_and_losses_are_differences_of_the_trace(int classCount)
    {
        const int count = 12, width = 4;
        FisherInformation information = Random(count, width, classCount);
        OptimalDesign design = Design(information, 0.7, 0.4, out double[] target);
        var selected = new List<int>();
        double trace = Trace(information, 0.7, 0.4, selected, target);
        foreach ((int item, int sign) in new[] { (3, 1), (8, 1), (0, 1), (8, -1), (5, 1), (3, -1) })
        {
            double change = design.Change(item, sign);
            design.Update(item, sign);
            if (sign > 0)
            {
                selected.Add(item);
            }
            else
            {
                selected.Remove(item);
            }

            double after = Trace(information, 0.7, 0.4, selected, target);
            Close.Check(change, sign * (trace - after), 1e-9);
            Assert.That(change, Is.Positive, "the forward pass is monotone");
            trace = after;
        }
    }

    [Test]
    public void Two_classes_are_logistic_regression_of_one_output()
    {
        // (diag(p) − ppᵀ) of two classes is p₀p₁ along (1, −1)/√2 twice: the same design as with √(2 p₀ p₁) h and one output.
        FeatureMatrix h = TestData.Rows(30, 3);
        double[] first = [.. TestData.Rows(30, 1, seed: 3).Values.ToArray().Select(v => 1 / (1 + Math.Exp(v)))];
        var p = new ClassProbabilities([.. first.SelectMany(v => new[] { v, 1 - v })], 2);
        FeatureMatrix scaled = TestData.Matrix(
            [.. Enumerable.Range(0, 30).SelectMany(i => h.Row(i).ToArray().Select(v => Math.Sqrt(2 * first[i] * (1 - first[i])) * v))], 3);
        int[] batch = BAITStrategy.Select(p, h, new ClassProbabilities([], 2), Nothing, 4);
        Assert.That(batch, Is.EqualTo(RegressionBAITStrategy.Select(scaled, Nothing, 4)));
    }

    [Test]
    public void The_best_pair_of_a_small_pool_is_nearly_found()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            FeatureMatrix rows = TestData.Rows(9, 3, seed);
            var information = new FisherInformation(rows, null);
            Design(information, 1, 1, out double[] target);
            double Of(params int[] pair) => Trace(information, 1, 1, [.. pair], target);
            double best = Enumerable.Range(0, 9).SelectMany(i => Enumerable.Range(0, i).Select(j => Of(i, j))).Min();
            Assert.That(Of(RegressionBAITStrategy.Select(rows, Nothing, 2)), Is.InRange(best - 1e-12, 1.2 * best));
        }
    }

    [Test]
    public void Duplicates_singular_rows_and_certain_classes_are_no_problem()
    {
        Assert.That(RegressionBAITStrategy.Select(TestData.Duplicates(50), TestData.Duplicates(3), 5), Is.EqualTo([0, 1, 2, 3, 4]));
        Assert.That(RegressionBAITStrategy.Select(new FeatureMatrix(new float[20], 10, 2), Nothing, 3, 1e-9), Is.EqualTo([0, 1, 2]));
        var certain = new ClassProbabilities([.. Enumerable.Repeat(new[] { 0.0, 1, 0 }, 10).SelectMany(v => v)], 3);
        Assert.That(BAITStrategy.Select(certain, TestData.Rows(10), new ClassProbabilities([], 3), Nothing, 4), Is.EqualTo([0, 1, 2, 3]));
        int[] all = BAITStrategy.Select(certain, TestData.Rows(10), new ClassProbabilities([], 3), Nothing, 10);
        Assert.That(all, Is.EquivalentTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(() => RegressionBAITStrategy.Select(Example, Nothing, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => RegressionBAITStrategy.Select(Example, TestData.Rows(2), 1), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => RegressionBAITStrategy.Select(Example, Nothing, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => RegressionBAITStrategy.Select(TestData.Rows(2, 4097), Nothing, 1), Throws.ArgumentException.With.Message.Contains("4097×4097"));
        var p = new ClassProbabilities([0.5, 0.5], 2);
        Assert.That(() => BAITStrategy.Select(p, Example, p, Example, 1), Throws.ArgumentException.With.Message.Contains("embeddings"));
    }

    [Test]
    public void The_number_of_threads_does_not_matter()
    {
        FisherInformation candidates = Random(900, 5, 3);
        int[] Select(int threads) => BAITStrategy.Select(
            candidates.Probabilities!, candidates.Rows, new ClassProbabilities([], 3), Nothing, 12, maxDegreeOfParallelism: threads);
        Assert.That(Select(4), Is.EqualTo(Select(1)));
    }

    private static FisherInformation Random(int count, int width, int classCount)
    {
        FeatureMatrix rows = TestData.Rows(count, width);
        if (classCount == 1)
        {
            return new FisherInformation(rows, null);
        }

        double[] e = [.. TestData.Rows(count, classCount, seed: 8).Values.ToArray().Select(v => Math.Exp(v))];
        double[] p = [.. e.Select((v, at) => v / e[(at / classCount * classCount)..((at / classCount * classCount) + classCount)].Sum())];
        return new FisherInformation(rows, new ClassProbabilities(p, classCount));
    }

    private static OptimalDesign Design(FisherInformation information, double weight, double regularisation, out double[] target)
    {
        target = new double[information.Size * information.Size];
        information.AddTo(target, 1.0 / information.Rows.RowCount, 1, default);
        return new OptimalDesign(information, weight, FisherSelection.Identity(information.Size, regularisation), regularisation, target, 1, default);
    }

    private static double Trace(FisherInformation information, double weight, double regularisation, List<int> selected, double[] target)
    {
        int size = information.Size;
        double[] m = FisherSelection.Identity(size, regularisation);
        foreach (int i in selected)
        {
            ClassProbabilities? one = information.Probabilities is { } p ? new ClassProbabilities(p.Row(i).ToArray(), p.ClassCount) : null;
            new FisherInformation(information.Rows.Slice(i, 1), one).AddTo(m, weight * weight, 1, default);
        }

        double[] inverse = Cholesky.Invert(m, size, regularisation, 1, default);
        return Enumerable.Range(0, size * size).Sum(at => inverse[at] * target[at]);
    }
}
