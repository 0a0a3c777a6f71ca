using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class BADGETests
{
    // The catalogue's worked example, whose rows 0 and 3 are duplicates.
    private static readonly GradientEmbeddings Example = GradientEmbeddings.OfCrossEntropy(
        new ClassProbabilities([0.6, 0.4, 0.9, 0.1, 0.5, 0.5, 0.6, 0.4], 2), FeatureMatrix.FromRows([[1, 2], [2, 0], [0, 1], [1, 2]]));

    [Test]
    public void E1_norms_and_distances_of_the_worked_example()
    {
        Close.Check(Example.OutputFactors, [-0.4, 0.4, -0.1, 0.1, -0.5, 0.5, -0.4, 0.4]);
        Close.Check([.. Enumerable.Range(0, 4).Select(Example.SquaredNorm)], [1.6, 0.08, 0.5, 1.6]);
        double[] expected = [0, 1.36, 0.5, 0, 1.36, 0, 0.58, 1.36, 0.5, 0.58, 0, 0.5, 0, 1.36, 0.5, 0], row = new double[4];
        var points = new GradientPoints(Example);
        for (int i = 0; i < 4; i++)
        {
            points.SquaredDistances(i, 0, row);
            Close.Check(row, expected.AsSpan(4 * i, 4));
            Close.Check([.. Enumerable.Range(0, 4).Select(j => Example.SquaredDistance(i, j))], expected.AsSpan(4 * i, 4));
        }

        Close.Check([.. expected[..4].Select(d => d / 1.86)], [0, 0.731183, 0.268817, 0], Close.SixDecimals, "the chances of the second");
    }

    [Test]
    public void The_longest_goes_first_and_the_second_is_drawn_by_squared_distance()
    {
        const int draws = 20_000;
        var second = new int[4];
        for (int seed = 0; seed < draws; seed++)
        {
            int[] picks = BADGEStrategy.Select(Example, 2, new RandomStream(seed));
            Assert.That(picks[0], Is.Zero);
            second[picks[1]]++;
        }

        Assert.That(second[0], Is.Zero);
        Assert.That(second[3], Is.Zero, "a duplicate has distance 0");
        Assert.That(second[1] / (double)draws, Is.EqualTo(0.731183).Within(4 * Math.Sqrt(0.731183 * 0.268817 / draws)));
    }

    [Test]
    public void Factored_distances_are_those_of_the_whole_gradients()
    {
        FeatureMatrix h = TestData.Rows(1500, 7);
        double[] a = [.. TestData.Rows(1500, 3, seed: 4).Values.ToArray().Select(v => (double)v)];
        var gradients = new GradientEmbeddings(a, h);
        var points = new GradientPoints(gradients);
        var distances = new double[700];
        points.SquaredDistances(11, 600, distances);
        Assert.That(distances, Is.EqualTo(Enumerable.Range(600, 700).Select(i => gradients.SquaredDistance(11, i))).Within(1e-10));
        points.SquaredDistances(650, 600, distances);
        Assert.That(distances[50], Is.Zero);

        var withoutColumns = new double[700];
        new GradientPoints(gradients, mostColumnValues: 0).SquaredDistances(650, 600, withoutColumns);
        Assert.That(withoutColumns, Is.EqualTo(distances), "bit for bit: the selection must not depend on how much memory there is");
    }

    [Test]
    public void Certain_predictions_have_no_gradient_and_are_drawn_at_random()
    {
        var certain = GradientEmbeddings.OfCrossEntropy(
            new ClassProbabilities([.. Enumerable.Repeat(new[] { 1.0, 0 }, 30).SelectMany(p => p)], 2), TestData.Rows(30));
        int[] picks = BADGEStrategy.Select(certain, 30, new RandomStream(1));
        Assert.That(picks, Is.EquivalentTo(Enumerable.Range(0, 30)));
        Assert.That(BADGEStrategy.Select(certain, 3, new RandomStream(2)), Is.Not.EqualTo(picks[..3]));
    }

    [Test]
    public void The_number_of_threads_does_not_matter()
    {
        double[] a = [.. TestData.Rows(4000, 3, seed: 4).Values.ToArray().Select(v => (double)v)];
        var gradients = new GradientEmbeddings(a, TestData.Rows(4000, 5));
        int[] one = BADGEStrategy.Select(gradients, 50, new RandomStream(3), maxDegreeOfParallelism: 1);
        Assert.That(BADGEStrategy.Select(gradients, 50, new RandomStream(3), maxDegreeOfParallelism: 4), Is.EqualTo(one));
        Assert.That(one, Is.Unique);
    }
}
