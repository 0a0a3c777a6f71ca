using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Synthetic;

public class GeneratorTests
{
    private const long Seed = 11;

    [Test]
    public void CheckerboardLabelsFollowTheRuleAtEveryPoint([Values(2, 4)] int k)
    {
        InMemoryDataset board = k == 2 ? Checkerboard2x2.Generate(Seed, 20000, 1000) : Checkerboard4x4.Generate(Seed, 20000, 1000);
        Assert.That(board.Count, Is.EqualTo(21000));
        for (int i = 0; i < board.Count; i++)
        {
            ReadOnlySpan<float> x = board.Features.Row(i);
            int square = (int)Math.Floor((double)k * x[0]) + (int)Math.Floor((double)k * x[1]);
            Assert.That(board.GetLabel(i).Class, Is.EqualTo(square % 2 == 0 ? 1 : 0), $"row {i}");
        }

        IsUniformOnTheUnitSquare(board);
        Assert.That(ShareOfOnes(board), Is.EqualTo(0.5).Within(0.02));
    }

    [Test]
    public void RotatedCheckerboardLabelsFollowTheRuleAtEveryPoint()
    {
        InMemoryDataset board = RotatedCheckerboard2x2.Generate(Seed, 20000, 1000);
        for (int i = 0; i < board.Count; i++)
        {
            ReadOnlySpan<float> x = board.Features.Row(i);
            Assert.That(board.GetLabel(i).Class, Is.EqualTo(Math.Abs(x[0] - 0.5) > Math.Abs(x[1] - 0.5) ? 1 : 0), $"row {i}");
        }

        IsUniformOnTheUnitSquare(board);
        Assert.That(ShareOfOnes(board), Is.EqualTo(0.5).Within(0.02));
    }

    [TestCase("Checkerboard2x2.csv", 2)]
    [TestCase("Checkerboard4x4.csv", 4)]
    [TestCase("RotatedCheckerboard2x2.csv", 0)]
    public void TheRuleGivesThePublishedLabels(string file, int k)
    {
        foreach (string[] row in SharedData.Cells(file).Skip(1))
        {
            (float x1, float x2) = (SharedData.Single(row[0]), SharedData.Single(row[1]));
            bool one = k == 0 ? RotatedCheckerboard2x2.IsPositive(x1, x2) : Checkerboard.OnEvenSquare(k, x1, x2);
            Assert.That(one ? 1 : 0, Is.EqualTo((int)SharedData.Double(row[^1])));
        }
    }

    [Test]
    public void TheTrainPartDoesNotDependOnTheTestPart()
    {
        ReadOnlySpan<float> alone = Checkerboard2x2.Generate(Seed, 100, 0).Features.Values;
        Assert.That(Checkerboard2x2.Generate(Seed, 100, 50).Features.Values[..200].SequenceEqual(alone), Is.True);
    }

    [Test]
    public void DifferentGeneratorsDrawDifferentPointsFromOneSeed() => Assert.That(
        Checkerboard2x2.Generate(Seed).Features.Values.SequenceEqual(Checkerboard4x4.Generate(Seed).Features.Values), Is.False);

    [Test]
    public void GaussianCloudsComeInFourRunsWithFourFifthsOfClassOne()
    {
        InMemoryDataset clouds = GaussianClouds.Generate(Seed, size: 50, dimensions: 3);
        int[] classes = DatasetView.All(clouds).ClassLabels();
        Assert.That((clouds.Count, clouds.FeatureCount), Is.EqualTo((550, 3)));
        Assert.That(classes[..40], Has.All.EqualTo(1));
        Assert.That(classes[40..50], Has.All.EqualTo(0));
        Assert.That(classes[50..450], Has.All.EqualTo(1));
        Assert.That(classes[450..], Has.All.EqualTo(0));
    }

    [Test]
    public void GaussianCloudsHaveMeansInTheUnitSquareAndTheSameLawInBothParts()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            InMemoryDataset clouds = GaussianClouds.Generate(seed, size: 4000);
            Moments train = Moments.Of(clouds, 0, 3200);
            Moments test = Moments.Of(clouds, 4000, 32000);

            // A's entries lie within ½ of 0, so no variance exceeds ½; standard errors of the means are below 0.0125 and 0.004.
            Assert.That(train.Mean1, Is.EqualTo(test.Mean1).Within(0.06));
            Assert.That(train.Mean2, Is.EqualTo(test.Mean2).Within(0.06));
            Assert.That(test.Mean1, Is.InRange(-0.02, 1.02));
            Assert.That(test.Mean2, Is.InRange(-0.02, 1.02));
            Assert.That(test.Variance1, Is.LessThan(0.52));
            Assert.That(train.Variance1, Is.EqualTo(test.Variance1).Within(0.06));
            Assert.That(train.Covariance, Is.EqualTo(test.Covariance).Within(0.06));
        }
    }

    [Test]
    public void GaussianUnbalancedDrawsItsShareFromOneToNineTenths()
    {
        double[] shares = [.. Enumerable.Range(0, 400).Select(seed => ShareOfOnes(GaussianUnbalanced.Generate(seed, size: 20)))];
        Assert.That(shares, Has.All.InRange(0.05, 0.9));
        Assert.That(shares.Average(), Is.EqualTo(0.475).Within(0.06), "0.5, less half an item for rounding down");
        Assert.That(shares.Min(), Is.LessThan(0.15));
        Assert.That(shares.Max(), Is.GreaterThan(0.8));
    }

    [TestCase(false, 1.0, -1.0)]
    [TestCase(true, 3.0, 0.0)]
    public void SynthClass1IsTwoRoundBlobs(bool paperCompatible, double one, double zero)
    {
        InMemoryDataset blobs = SynthClass1.Generate(Seed, 40001, paperCompatible);
        Assert.That(DatasetView.All(blobs).ClassLabels().Count(c => c == 1), Is.EqualTo(20000));
        Moments.Of(blobs, 0, 20000).AreCloseTo(one, one, 1, 0, 1);
        Moments.Of(blobs, 20000, 20001).AreCloseTo(zero, zero, 1, 0, 1);
        Assert.That(blobs.GetLabel(0).Class, Is.EqualTo(1));
        Assert.That(blobs.GetLabel(20000).Class, Is.Zero);
    }

    [TestCase(false, new[] { 0, 0, 0, 1, 1, 1 })]
    [TestCase(true, new[] { 1, 0, 1, 0, 1, 0 })]
    public void SynthClass2IsSixRoundBlobs(bool paperCompatible, int[] classes)
    {
        InMemoryDataset blobs = SynthClass2.Generate(Seed, 60000, paperCompatible);
        (double M1, double M2)[] means = [(0, 5), (0, -5), (-5, 10), (5, 10), (-5, -10), (5, -10)];
        for (int b = 0; b < 6; b++)
        {
            Moments.Of(blobs, b * 10000, 10000).AreCloseTo(means[b].M1, means[b].M2, 1, 0, 1);
            Assert.That(Enumerable.Range(b * 10000, 10000).Select(i => blobs.GetLabel(i).Class), Has.All.EqualTo(classes[b]));
        }
    }

    [Test]
    public void SynthClass2GivesTheFirstBlobsTheOddRows()
    {
        InMemoryDataset blobs = SynthClass2.Generate(Seed);
        Assert.That(DatasetView.All(blobs).ClassLabels().Count(c => c == 0), Is.EqualTo(84 + 84 + 83));
    }

    [Test]
    public void SynthClass3IsABlobBetweenTwoOthers()
    {
        InMemoryDataset blobs = SynthClass3.Generate(Seed, 80000);
        (double v1, double c, double v2) = (0.775437266, -0.791523229, 0.893991854);
        Moments.Of(blobs, 0, 20000).AreCloseTo(0, 0, v1, c, v2);
        Moments.Of(blobs, 20000, 20000).AreCloseTo(3, 10, v1, c, v2);
        Moments.Of(blobs, 40000, 40000).AreCloseTo(3, 3, 1, 2, 7);
        Assert.That(DatasetView.All(blobs).ClassLabels(), Is.EqualTo(Enumerable.Repeat(1, 40000).Concat(Enumerable.Repeat(0, 40000))));
    }

    [Test]
    public void SynthReg1IsAStraightLineThroughTheOriginWithoutNoise()
    {
        InMemoryDataset line = SynthReg1.Generate(Seed, 5000);
        double slope = line.GetLabel(0).Value / line.Features.Row(0)[0];
        double[] x = [.. Enumerable.Range(0, 5000).Select(i => (double)line.Features.Row(i)[0])];
        Assert.That(slope, Is.InRange(0, 100));
        Assert.That(x.Select((v, i) => Math.Abs(line.GetLabel(i).Value - (slope * v))), Has.All.LessThan(1e-9));
        Assert.That(x.Average(), Is.EqualTo(0).Within(0.07));
        Assert.That(x.Average(v => v * v), Is.EqualTo(1).Within(0.1));
        Assert.That(Enumerable.Range(0, 50).Select(s => SynthReg1.Generate(s, 1)).Average(d => d.GetLabel(0).Value / d.Features.Row(0)[0]),
            Is.EqualTo(50).Within(21), "slopes are uniform on [0, 100)");
    }

    [Test]
    public void SynthReg2IsAHelixWithNoiseOfATenth()
    {
        InMemoryDataset helix = SynthReg2.Generate(Seed, 20000);
        double[] z = [.. Enumerable.Range(0, 20000).Select(i => (double)helix.Features.Row(i)[0])];
        double[] e1 = [.. z.Select((v, i) => helix.Features.Row(i)[1] - Math.Sin(v))];
        double[] e2 = [.. z.Select((v, i) => helix.GetLabel(i).Value - Math.Cos(v))];
        Assert.That(z, Has.All.InRange(0, 15));
        Assert.That(z.Average(), Is.EqualTo(7.5).Within(0.15));
        Assert.That(Math.Sqrt(e1.Average(e => e * e)), Is.EqualTo(0.1).Within(0.003));
        Assert.That(Math.Sqrt(e2.Average(e => e * e)), Is.EqualTo(0.1).Within(0.003));
        Assert.That(e1.Zip(e2, (a, b) => a * b).Average(), Is.EqualTo(0).Within(0.0004));
    }

    [Test]
    public void SizesThatLeaveAClassEmptyAreRefused()
    {
        Assert.That(() => Checkerboard2x2.Generate(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("trainSize is 0"));
        Assert.That(() => Checkerboard4x4.Generate(0, 1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => GaussianClouds.Generate(0, 9), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => GaussianUnbalanced.Generate(0, 100, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SynthClass1.Generate(0, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SynthClass2.Generate(0, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SynthClass3.Generate(0, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SynthReg1.Generate(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SynthReg2.Generate(0, -5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double ShareOfOnes(InMemoryDataset dataset) => DatasetView.All(dataset).ClassLabels().Average();

    private static void IsUniformOnTheUnitSquare(InMemoryDataset dataset)
    {
        Assert.That(dataset.Features.Values.ToArray(), Has.All.InRange(0f, 0.99999999f));
        Moments.Of(dataset, 0, dataset.Count).AreCloseTo(0.5, 0.5, 1 / 12.0, 0, 1 / 12.0);
    }

    private sealed record Moments(int Count, double Mean1, double Mean2, double Variance1, double Covariance, double Variance2)
    {
        public static Moments Of(InMemoryDataset dataset, int start, int count)
        {
            double[] x = [.. Enumerable.Range(start, count).Select(i => (double)dataset.Features.Row(i)[0])];
            double[] y = [.. Enumerable.Range(start, count).Select(i => (double)dataset.Features.Row(i)[1])];
            (double mx, double my) = (x.Average(), y.Average());
            return new Moments(
                count, mx, my, x.Average(v => (v - mx) * (v - mx)), x.Zip(y, (a, b) => (a - mx) * (b - my)).Average(), y.Average(v => (v - my) * (v - my)));
        }

        /// <summary>Within five standard errors of a normal law's (or a lighter-tailed law's) moments.</summary>
        public void AreCloseTo(double mean1, double mean2, double variance1, double covariance, double variance2)
        {
            double root = Math.Sqrt(Count);
            Assert.That(Mean1, Is.EqualTo(mean1).Within(5 * Math.Sqrt(variance1) / root));
            Assert.That(Mean2, Is.EqualTo(mean2).Within(5 * Math.Sqrt(variance2) / root));
            Assert.That(Variance1, Is.EqualTo(variance1).Within(5 * variance1 * Math.Sqrt(2) / root));
            Assert.That(Variance2, Is.EqualTo(variance2).Within(5 * variance2 * Math.Sqrt(2) / root));
            Assert.That(Covariance, Is.EqualTo(covariance).Within(5 * Math.Sqrt((variance1 * variance2) + (covariance * covariance)) / root));
        }
    }
}
