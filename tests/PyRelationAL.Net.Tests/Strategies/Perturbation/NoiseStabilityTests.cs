using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class NoiseStabilityTests
{
    [Test]
    public void The_worked_example()
    {
        // EX-NOISE: the perturbed predictions follow from the deviations that it lists.
        ClassProbabilities learned = new([0.8, 0.2, 0.5, 0.5, 0.6, 0.4], 2);
        var changes = new float[3 * 4];
        float[] signs = [1, 1];
        NoiseStabilityStrategy.AddChanges(learned, new ClassProbabilities([0.82, 0.18, 0.55, 0.45, 0.58, 0.42], 2), [0, 1], signs, changes, 4);
        NoiseStabilityStrategy.AddChanges(learned, new ClassProbabilities([0.79, 0.21, 0.44, 0.56, 0.62, 0.38], 2), [2, 3], signs, changes, 4);
        Close.Check(
            Array.ConvertAll(changes, v => (double)v),
            [0.024254, -0.024254, -0.012127, 0.012127, 0.070711, -0.070711, -0.084853, 0.084853, -0.027735, 0.027735, 0.027735, -0.027735],
            Close.SixDecimals);
        var distances = new double[3];
        Assert.That(NoiseStabilityStrategy.Select(new FeatureMatrix(changes, 3, 4), 3, distances), Is.EqualTo(new[] { 1, 2, 0 }));
        Close.Check(distances, [0.156205, 0.055470, 0.038348], Close.SixDecimals, "the origin stays a centre");
    }

    [Test]
    public void Noise_has_the_asked_length_in_each_layer_and_leaves_biases_alone([Values(0.001, 0.01)] double noise)
    {
        var layout = new ParameterLayout(
            [new("dense 1 weights", 0, 60, true), new("dense 1 biases", 60, 5, false), new("dense 2 weights", 65, 20, true)]);
        float[] learned = TestData.Rows(85, 1).Values.ToArray(), moved = NoiseStabilityStrategy.WithNoise(learned, layout, noise, new RandomStream(1));
        foreach (ParameterGroup group in layout.Groups)
        {
            double Norm(Func<int, double> value) => Math.Sqrt(Enumerable.Range(group.Start, group.Length).Sum(i => value(i) * value(i)));
            double expected = group.IsWeight ? noise * Norm(i => learned[i]) : 0;
            Assert.That(Norm(i => (double)moved[i] - learned[i]), Is.EqualTo(expected).Within(1e-3 * expected), group.Name);
        }

        var still = new ParameterLayout([new("weights", 0, 4, true)]);
        Assert.That(NoiseStabilityStrategy.WithNoise(new float[4], still, noise, new RandomStream(1)), Is.All.Zero, "no weights, no noise");
    }

    [Test]
    public void The_order_is_that_of_selection_and_duplicates_are_taken_once()
    {
        FeatureMatrix changes = FeatureMatrix.FromRows([[1, 0], [3, 0], [3, 0], [0, 2.5f], [3, 0]]);
        var distances = new double[5];
        Assert.That(NoiseStabilityStrategy.Select(changes, 5, distances), Is.EqualTo(new[] { 1, 3, 0, 2, 4 }));
        Close.Check(distances, [3, 2.5, 1, 0, 0]);
    }

    [Test]
    public void Folded_vectors_keep_squared_distances_in_expectation()
    {
        const int classes = 3, noises = 40, width = 30;
        ClassProbabilities learned = Probabilities(1);
        double exact = 0, folded = 0;
        for (int repeat = 0; repeat < 200; repeat++)
        {
            var whole = new float[2 * noises * classes];
            var small = new float[2 * width];
            RandomStream random = new(repeat);
            for (int k = 0; k < noises; k++)
            {
                ClassProbabilities perturbed = Probabilities((1000 * repeat) + k + 2);
                int[] columns = [.. Enumerable.Range(0, classes).Select(_ => random.NextInt32(width))];
                float[] signs = [.. columns.Select(_ => random.NextInt32(2) == 0 ? -1f : 1)];
                NoiseStabilityStrategy.AddChanges(learned, perturbed, TestData.Range(k * classes, classes), [1, 1, 1], whole, noises * classes);
                NoiseStabilityStrategy.AddChanges(learned, perturbed, columns, signs, small, width);
            }

            exact += Squared(whole, noises * classes);
            folded += Squared(small, width);
        }

        Assert.That(folded / exact, Is.EqualTo(1).Within(0.1));

        ClassProbabilities Probabilities(int seed) =>
            new ClassLogits(Array.ConvertAll(TestData.Rows(2, classes, seed).Values.ToArray(), v => (double)v), classes).Softmax();

        double Squared(float[] values, int columns) => Enumerable.Range(0, columns).Sum(j => Math.Pow(values[j] - values[columns + j], 2));
    }

    [Test]
    public void A_narrow_budget_still_gives_a_batch_that_depends_on_the_seed_only()
    {
        QueryContext Context(int threads) => Rounds.Over(TestData.Classification(TestData.Rows(300), 3), new FakeNetwork(), seed: 5, threads: threads);
        var strategy = new NoiseStabilityStrategy(noiseCount: 20, largestWidth: 16);
        IReadOnlyList<int> one = strategy.Suggest(Context(1), 10).Indices;
        Assert.That(one, Is.Unique);
        Assert.That(strategy.Suggest(Context(-1), 10).Indices, Is.EqualTo(one));
    }

    [Test]
    public void Ten_times_the_noise_is_ten_times_the_distance()
    {
        // The noise is the argument's, whatever else a strategy is given.
        QueryContext Context() => Rounds.Over(TestData.Classification(TestData.Rows(50), 3), new FakeNetwork(), seed: 5);
        double small = new NoiseStabilityStrategy(noise: 1e-3).Suggest(Context(), 1).Scores![0];
        double large = new NoiseStabilityStrategy(noise: 1e-2).Suggest(Context(), 1).Scores![0];
        Assert.That(large / small, Is.EqualTo(10).Within(0.5));
        Assert.That(() => new NoiseStabilityStrategy(noise: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NoiseStabilityStrategy(noiseCount: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NoiseStabilityStrategy(largestWidth: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
