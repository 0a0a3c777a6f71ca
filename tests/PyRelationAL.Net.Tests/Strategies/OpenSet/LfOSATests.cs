using System.Text.Json;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class LfOSATests
{
    [Test]
    public void Mixtures_are_those_of_scikit_learn()
    {
        foreach (JsonElement golden in GoldenData.OpenSetSection("mixtures").EnumerateArray())
        {
            double[] values = golden.Numbers("values"), probabilities = new double[values.Length];
            ActivationMixture.Upper(values, probabilities);
            Close.Check(probabilities, golden.Numbers("upper"), 1e-9, $"{values.Length} values");
        }
    }

    [TestCase(new double[0], new double[0])]
    [TestCase(new[] { 3.0 }, new[] { 0.5 })]
    [TestCase(new[] { 2.0, 2, 2 }, new[] { 0.5, 0.5, 0.5 })]
    public void Where_there_is_nothing_to_divide_it_is_even(double[] values, double[] expected)
    {
        var probabilities = new double[values.Length];
        ActivationMixture.Upper(values, probabilities);
        Assert.That(probabilities, Is.EqualTo(expected));
    }

    [Test]
    public void The_worked_example_and_candidates_of_no_class()
    {
        // EX-LFOSA as class 0; then one of class 1 alone, and two that are taken for no class.
        double[] activations = [1, 1.2, 1.1, 0.9, 5, 5.2, 4.9, 5.1];
        double[] logits = [.. activations.SelectMany(v => new[] { v, 0, -1 }), 0, 9, 1, 0, 2, 8, -3, -2, -1];
        var scores = new double[11];
        LfOSAStrategy.Compute(new ClassLogits(logits, 3), scores);
        Close.Check(scores, [0, 0, 0, 0, 1, 1, 1, 1, 0.5, 0, 0], Close.SixDecimals);
        Assert.That(() => LfOSAStrategy.Compute(new ClassLogits(logits, 3), new double[3]), Throws.ArgumentException);
    }

    [Test]
    public void It_makes_batches_of_an_open_set_purer()
    {
        Assert.That(OpenSetPool.MeanPurity(() => new LfOSAStrategy()), Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.3));
    }

    [Test]
    public void What_is_of_no_class_is_learned_as_a_class_of_its_own()
    {
        // Known as such, most of it scores 0; taken for a class, it would share in the scores of that class.
        double zero = Enumerable.Range(0, 5).Average(seed =>
        {
            var pool = new OpenSetPool(seed);
            Suggestion all = new LfOSAStrategy().Suggest(pool.Context(), 240);
            return all.Indices.Zip(all.Scores!).Where(c => pool.Data.GetLabel(c.First).IsOutOfDistribution).Average(c => c.Second == 0 ? 1.0 : 0);
        });
        Assert.That(zero, Is.GreaterThan(0.9));
    }

    [TestCase(0.0)]
    [TestCase(0.7)]
    public void The_detector_descends_the_gradient_of_its_loss(double centreWeight)
    {
        var random = new RandomStream(5);
        var detector = new OpenSetDetector(4, 6, 2, 0.5, 2, centreWeight, random);
        int[] labels = [0, 1, 2, 0, 2, 2, 1];
        var pass = new NetworkPass(detector.Network, labels.Length);
        random.FillGaussian(pass.Inputs);
        for (int c = 0; c < 3; c++)
        {
            random.FillGaussian(detector.Centres.Of(c));
        }

        detector.Differentiate(pass, labels);
        double[] gradient = detector.Network.Gradient.ToArray();
        for (int p = 0; p < gradient.Length; p++)
        {
            double kept = detector.Network.Parameters[p];
            detector.Network.Parameters[p] = kept + 1e-6;
            double above = detector.Differentiate(pass, labels);
            detector.Network.Parameters[p] = kept - 1e-6;
            double below = detector.Differentiate(pass, labels);
            detector.Network.Parameters[p] = kept;
            Assert.That(gradient[p], Is.EqualTo((above - below) / 2e-6).Within(1e-6), $"parameter {p}");
        }
    }

    [Test]
    public void Losses_and_centres_are_those_of_the_formulas()
    {
        // Of class 0 two rows, of class 1 one, of class 2 none.
        var centres = new ClassCentres(3, 2);
        new[] { 1.0, 1 }.CopyTo(centres.Of(0));
        double[] rows = [1, 2, 3, 4, 5, 6], gradient = new double[6];
        Close.Check(centres.Write(rows, [0, 1, 0], 0.6, gradient), 0.6 * (1 + (9 + 16) + (16 + 25)) / 3);
        Close.Check(gradient, [0, 0.4, 1.2, 1.6, 1.6, 2]);
        centres.Follow(rows, [0, 1, 0]);
        Close.Check(centres.Of(0), [1 + (0.5 * 4 / 3), 1 + (0.5 * 6 / 3)], what: "½ Σ (h − c)/(1 + n)");
        Close.Check(centres.Of(1), [0.75, 1]);
        Close.Check(centres.Of(2), [0, 0]);

        // ln(e^2 + e^0) − 2 with T = ½ and z = (1, 0); half the logits with T = 2, and a batch of three.
        Close.Check(SoftmaxLoss.Write([1, 0], 0, 0.5, 3, gradient.AsSpan(0, 2)), Math.Log(1 + Math.Exp(-2)) / 3);
        double p = 1 / (1 + Math.Exp(-0.5));
        Close.Check(SoftmaxLoss.Write([1, 0], 1, 2, 3, gradient.AsSpan(0, 2)), -Math.Log(1 - p) / 3);
        Close.Check(gradient[..2], [p / 6, -p / 6]);
    }

    [Test]
    public void The_centre_loss_draws_the_items_of_a_class_together()
    {
        double plain = Spread(0), drawn = Spread(1);
        TestContext.Out.WriteLine(Guard.Text($"variance within classes by that between: {plain:F3} without, {drawn:F3} with"));
        Assert.That(drawn, Is.LessThan(0.5 * plain));
    }

    [Test]
    public void With_centre_loss_and_a_temperature_of_its_own_for_no_class_it_is_as_pure()
    {
        Assert.That(
            OpenSetPool.MeanPurity(() => new LfOSAStrategy(centreLossWeight: 1, outsideTemperature: 2)), Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.3));
    }

    [Test]
    public void Equal_scores_go_by_activation()
    {
        double[] activations = [1, 1.2, 1.1, 0.9, 5, 5.2, 4.9, 5.1];
        double[] logits = [.. activations.SelectMany(v => new[] { v, 0 }), -3, 2, -3, 1.5];
        (int[] positions, double[] scores) = LfOSAStrategy.Order(new ClassLogits(logits, 2), 10);
        Assert.That(scores.Count(s => s == 1), Is.EqualTo(4), "certain to the last bit");
        Assert.That(positions, Is.EqualTo([5, 7, 4, 6, 1, 2, 0, 3, 9, 8]), "what is of no class comes last, the least certain first");
    }

    [Test]
    public void It_needs_labels_and_no_model()
    {
        Assert.That(new LfOSAStrategy().Requirements.Capabilities, Is.EqualTo(Capabilities.None));
        Assert.That(
            () => new LfOSAStrategy().Suggest(Rounds.Over(new OpenSetPool(1).Data, null, labelled: 0), 1),
            Throws.InvalidOperationException.With.Message.Contains("no item is labelled"));
        Assert.That(() => new LfOSAStrategy(temperature: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(hiddenWidth: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(epochs: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(centreLossWeight: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(outsideTemperature: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    /// <summary>Of hidden activations of items that the detector has not seen, the variance within classes by that of the classes' means.</summary>
    private static double Spread(double centreWeight)
    {
        var pool = new OpenSetPool(4);
        QueryContext context = pool.Context();
        var rows = StandardisedRows.Of(context, FeatureSpace.Features);
        int[] labels = [.. context.Labelled.ClassLabels(), .. Enumerable.Repeat(2, context.OutOfDistribution.Count)];
        var detector = new OpenSetDetector(rows.Width, 16, 2, 0.5, 0.5, centreWeight, new RandomStream(1));
        detector.Train(rows, context.Pool.Count, labels, 100, new RandomStream(2), default);
        var pass = new NetworkPass(detector.Network, context.Pool.Count);
        rows.WriteFrom(0, pass.Count, pass.Inputs);
        detector.Network.Forward(pass);
        double[][] hidden = [.. pass.Hidden.ToArray().Chunk(16)];
        double[] Mean(IEnumerable<double[]> of) => [.. Enumerable.Range(0, 16).Select(j => of.Average(h => h[j]))];
        double Squares(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
        double[] all = Mean(hidden);
        double within = 0, between = 0;
        foreach (IGrouping<int, double[]> group in Enumerable.Range(0, hidden.Length)
            .GroupBy(i => pool.Data.GetLabel(context.Pool.Indices[i]) is { IsOutOfDistribution: false } label ? label.Class : 2, i => hidden[i]))
        {
            double[] mean = Mean(group);
            within += group.Sum(h => Squares(h, mean));
            between += group.Count() * Squares(mean, all);
        }

        return within / between;
    }
}
