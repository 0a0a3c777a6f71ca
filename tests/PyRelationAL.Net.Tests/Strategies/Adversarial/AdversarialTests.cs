using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class AdversarialTests
{
    // EX-DEEPFOOL
    private static readonly FakeNetwork Example = new() { Given = new LinearHead((double[])[2, 0, 0, 1, -1, -1], (double[])[0, 0.5, 0]) };
    private static readonly FeatureMatrix ExampleRow = FeatureMatrix.FromRows([[1, 0.5f]]);

    [Test]
    public void The_worked_example()
    {
        Close.Check(AdversarialDeepFoolStrategy.Compute(Example, ExampleRow), [0.2], Close.SixDecimals, "DeepFool");
        foreach ((int other, double distance) in new[] { (1, 0.447214), (2, 1.106797) })
        {
            double[] w = [.. Example.Given!.Weights[..2], .. Example.Given.Weights.Slice(2 * other, 2)];
            var pair = new FakeNetwork { Given = new LinearHead(w, (double[])[0, other == 1 ? 0.5 : 0]) };
            Close.Check(Math.Sqrt(AdversarialDeepFoolStrategy.Compute(pair, ExampleRow)[0]), distance, Close.SixDecimals, "the distance to each boundary");
        }

        Close.Check(AdversarialBIMStrategy.Compute(Example, ExampleRow), [0.245], Close.SixDecimals, "BIM");
        Close.Check(AdversarialBIMStrategy.Compute(Example, ExampleRow, maxIterations: 7), [0.245], Close.SixDecimals, "seven steps are enough");
        Close.Check(AdversarialBIMStrategy.Compute(Example, ExampleRow, maxIterations: 6), [double.PositiveInfinity], what: "six are not");
    }

    [Test]
    public void On_a_linear_model_DeepFool_is_the_distance_to_the_nearest_boundary_and_BIM_its_number_of_steps()
    {
        const int classes = 4, width = 3;
        var random = new RandomStream(3);
        double[] w = [.. Enumerable.Range(0, classes * width).Select(_ => random.NextGaussian())];
        double[] b = [.. Enumerable.Range(0, classes).Select(_ => random.NextGaussian())];
        var model = new FakeNetwork { Given = new LinearHead(w, b) };
        // More than a block.
        FeatureMatrix rows = TestData.Rows(1500, width);
        double[] deepFool = AdversarialDeepFoolStrategy.Compute(model, rows, maxIterations: 1);
        double[] binary = AdversarialBIMStrategy.Compute(new FakeNetwork { Given = new LinearHead(w.AsMemory(0, 2 * width), b.AsMemory(0, 2)) }, rows);
        for (int i = 0; i < rows.RowCount; i++)
        {
            double[] z = [.. Enumerable.Range(0, classes).Select(k => b[k] + Enumerable.Range(0, width).Sum(j => w[(k * width) + j] * rows.Row(i)[j]))];
            int y = Array.IndexOf(z, z.Max());
            double nearest = Enumerable.Range(0, classes).Where(k => k != y).Min(k => Math.Abs(z[k] - z[y]) / Math.Sqrt(Difference(k, y).Sum(d => d * d)));
            Assert.That(deepFool[i], Is.EqualTo(nearest * nearest).Within(1e-5 * Math.Max(1, nearest * nearest)));
            double steps = Math.Ceiling(Math.Abs(z[0] - z[1]) / (0.05 * Difference(0, 1).Sum(Math.Abs)));
            Assert.That(binary[i], Is.EqualTo(steps > 100 ? double.PositiveInfinity : steps * steps * 0.05 * 0.05 * width).Within(1e-9), $"{steps} steps");
        }

        double[] Difference(int k, int y) => [.. Enumerable.Range(0, width).Select(j => w[(k * width) + j] - w[(y * width) + j])];
    }

    [Test]
    public void A_saturated_softmax_still_has_a_direction()
    {
        // p of the other class is e^−1000, which is 0 in double.
        var model = new FakeNetwork { Given = new LinearHead((double[])[500, -500], (double[])[0, 0]) };
        Close.Check(AdversarialBIMStrategy.Compute(model, FeatureMatrix.FromRows([[1]])), [1.0], 1e-5);
        Close.Check(AdversarialDeepFoolStrategy.Compute(model, FeatureMatrix.FromRows([[1]])), [1.0], 1e-5);
    }

    [Test]
    public void Where_nothing_depends_on_the_features_items_come_last_and_nothing_hangs()
    {
        // The second class never gets there: the first is larger everywhere.
        var flat = new FakeNetwork { Given = new LinearHead(new double[4], (double[])[1, 0]) };
        Assert.That(AdversarialBIMStrategy.Compute(flat, TestData.Rows(5, 2)), Is.All.EqualTo(double.PositiveInfinity));
        Assert.That(AdversarialDeepFoolStrategy.Compute(flat, TestData.Rows(5, 2)), Is.All.EqualTo(double.PositiveInfinity));
        var bent = new BentModel();
        foreach (Strategy strategy in (Strategy[])[new AdversarialBIMStrategy(), new AdversarialDeepFoolStrategy()])
        {
            var data = TestData.Classification(FeatureMatrix.FromRows([[0], [0], [0], [0], [-1], [2], [-3], [1]]), 2);
            Suggestion all = strategy.Suggest(Rounds.Over(data, bent), 4);
            Assert.That(all.Indices, Is.EqualTo(new[] { 7, 5, 4, 6 }), strategy.Name);
            Assert.That(all.Scores!.Skip(2), Is.All.EqualTo(double.MinValue));
        }
    }

    [Test]
    public void A_search_that_leads_nowhere_ends_after_its_iterations()
    {
        // Steps of 0.05 go to and fro over the bottom of x² + 2, which stays above 1.
        var valley = new SquareModel { Lift = 2, MostCalls = 1000 };
        Assert.That(AdversarialBIMStrategy.Compute(valley, FeatureMatrix.FromRows([[0.02f]])), Is.EqualTo([double.PositiveInfinity]));
        Assert.That(valley.Calls, Is.EqualTo(101), "a hundred steps and the start");
    }

    [Test]
    public void On_a_curve_DeepFool_goes_on_from_where_it_got_to()
    {
        // f = (x², 1): Newton's steps towards 1, looked at 2 % farther.
        double move = 0;
        int steps = 0;
        for (double x = 3; x * x > 1; x = 3 + (1.02 * move), steps++)
        {
            move -= ((x * x) - 1) / (2 * x);
        }

        Assert.That(steps, Is.GreaterThan(1));
        Close.Check(AdversarialDeepFoolStrategy.Compute(new SquareModel(), FeatureMatrix.FromRows([[3]]), steps), [move * move], 1e-5);
        Assert.That(AdversarialDeepFoolStrategy.Compute(new SquareModel(), FeatureMatrix.FromRows([[3]]), steps - 1)[0], Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void An_item_on_the_boundary_has_distance_0_and_one_class_has_no_boundary()
    {
        var tie = new FakeNetwork { Given = new LinearHead((double[])[1, -1], (double[])[0, 0]) };
        Close.Check(AdversarialBIMStrategy.Compute(tie, FeatureMatrix.FromRows([[0]])), [0.0]);
        Close.Check(AdversarialDeepFoolStrategy.Compute(tie, FeatureMatrix.FromRows([[0]])), [0.0]);
        var one = new FakeNetwork { Given = new LinearHead((double[])[1], (double[])[0]) };
        Assert.That(AdversarialBIMStrategy.Compute(one, FeatureMatrix.FromRows([[2]])), Is.EqualTo(new[] { double.PositiveInfinity }));
        Assert.That(AdversarialDeepFoolStrategy.Compute(one, FeatureMatrix.FromRows([[2]])), Is.EqualTo(new[] { double.PositiveInfinity }));
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Assert.That(() => new AdversarialBIMStrategy(step: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AdversarialBIMStrategy(maxIterations: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AdversarialDeepFoolStrategy(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>f = (max(x, 0), 0.5): where x is negative there is no gradient, as behind a dead ReLU.</summary>
    private sealed class BentModel : IInputGradients
    {
        public int InputWidth => 1;

        public int OutputCount => 2;

        public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) =>
            [.. inputs.Values.ToArray().SelectMany(x => new[] { Math.Max(x, 0), 0.5 })];

        public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) => new(
            inputs.Values.ToArray().Select((x, i) => x > 0 ? (float)outputWeights.Span[2 * i] : 0).ToArray(), inputs.RowCount, 1);
    }

    /// <summary>Logits (x² + lift, 1); fails when it is asked for ever.</summary>
    private sealed class SquareModel : IInputGradients
    {
        public double Lift { get; init; }

        public int MostCalls { get; init; } = int.MaxValue;

        public int Calls { get; private set; }

        public int InputWidth => 1;

        public int OutputCount => 2;

        public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) => ++Calls <= MostCalls
            ? [.. inputs.Values.ToArray().SelectMany(x => new[] { ((double)x * x) + Lift, 1 })]
            : throw new AssertionException("The search does not end.");

        public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
            new(inputs.Values.ToArray().Select((x, i) => (float)(outputWeights.Span[2 * i] * 2 * x)).ToArray(), inputs.RowCount, 1);
    }
}
