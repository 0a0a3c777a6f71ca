using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Covariance;

public class KernelTests
{
    private static IEnumerable<TestCaseData> AllKernels()
    {
        foreach ((string name, Kernel kernel) in GoldenData.Kernels)
        {
            yield return new TestCaseData(kernel).SetArgDisplayNames(name);
        }

        yield return new TestCaseData(new ConstantKernel(2.5)).SetArgDisplayNames("constant");
        yield return new TestCaseData(new WhiteNoiseKernel(0.4)).SetArgDisplayNames("white");
        yield return new TestCaseData(MaternKernel.Ard(MaternSmoothness.Half, 4, 1.2)).SetArgDisplayNames("matern12ard");
        yield return new TestCaseData(MaternKernel.Ard(MaternSmoothness.ThreeHalves, 4, 1.2)).SetArgDisplayNames("matern32ard");
        yield return new TestCaseData(new RationalQuadraticKernel([0.5, 1, 2, 3], 0.7)).SetArgDisplayNames("rq ard");
        yield return new TestCaseData(2.0 * (RbfKernel.Ard(4, 1.5) + new WhiteNoiseKernel(0.3))).SetArgDisplayNames("product with white");
        yield return new TestCaseData(Hyperparameter.Fixed(1) is var f ? new RbfKernel([1.0, f, 2.0, f]) * new ConstantKernel(f) : null)
            .SetArgDisplayNames("partly fixed");
    }

    [TestCaseSource(nameof(AllKernels))]
    public void GradientAgreesWithFiniteDifferences(Kernel kernel)
    {
        FeatureMatrix x = WithDuplicate(Toy.Gaussian(7, 4, 3));
        var random = new RandomStream(5);
        var weights = new double[64];
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                weights[(i * 8) + j] = weights[(j * 8) + i] = random.NextGaussian();
            }
        }

        double[] gradient = kernel.WeightedGradient(x, weights), at = kernel.FreeLogValues();
        Assert.That(gradient, Has.Length.EqualTo(kernel.FreeCount));
        for (int p = 0; p < at.Length; p++)
        {
            double numeric = (Weighted(p, 1e-5) - Weighted(p, -1e-5)) / 2e-5;
            Assert.That(gradient[p], Is.EqualTo(numeric).Within(1e-7 * Math.Max(1, Math.Abs(numeric))), $"hyperparameter {p}");
        }

        double Weighted(int p, double step)
        {
            double[] moved = [.. at];
            moved[p] += step;
            return kernel.WithFreeLogValues(moved).Matrix(x).Zip(weights, (k, w) => k * w).Sum();
        }
    }

    [TestCaseSource(nameof(AllKernels))]
    public void CrossMatrixIsTheMatrixWithoutNoise(Kernel kernel)
    {
        FeatureMatrix x = WithDuplicate(Toy.Gaussian(6, 4, 3));
        double[] matrix = kernel.Matrix(x), cross = kernel.CrossMatrix(x, x);
        for (int i = 0; i < 7; i++)
        {
            Assert.That(cross[(i * 7) + i], Is.EqualTo(kernel.PriorVariance).Within(1e-14));
            for (int j = 0; j < 7; j++)
            {
                Assert.That(matrix[(i * 7) + j], Is.EqualTo(matrix[(j * 7) + i]));
                if (i != j)
                {
                    Assert.That(cross[(i * 7) + j], Is.EqualTo(matrix[(i * 7) + j]).Within(1e-14));
                }
            }
        }

        Assert.That(cross[6], Is.EqualTo(kernel.PriorVariance).Within(1e-14), "equal rows");
    }

    [TestCaseSource(nameof(AllKernels))]
    public void LogValuesRoundTrip(Kernel kernel)
    {
        Kernel again = kernel.WithFreeLogValues(kernel.FreeLogValues());
        Assert.That(again.FreeLogValues(), Is.EqualTo(kernel.FreeLogValues()).Within(1e-14));
        Assert.That(again.ToString(), Is.EqualTo(kernel.ToString()));
        Assert.That(kernel.LogLowerBounds(), Has.All.EqualTo(Math.Log(1e-5)));
        Assert.That(kernel.LogUpperBounds(), Has.All.EqualTo(Math.Log(1e5)));
    }

    [Test]
    public void MatricesEqualScikitLearns([ValueSource(nameof(GoldenNames))] string name)
    {
        FeatureMatrix x = GoldenData.Features("diabetesTrain").Slice(0, 6);
        Close.AssertAll(GoldenData.Kernels[name].Matrix(x), GoldenData.Root.GetProperty("kernelMatrices").Numbers(name), 1e-13);
    }

    [Test]
    public void FixedHyperparametersStayAndAreNotCounted()
    {
        Kernel kernel = new ConstantKernel(Hyperparameter.Fixed(3)) * new RbfKernel(Hyperparameter.Free(2, 1, 4));
        Assert.That(kernel.FreeCount, Is.EqualTo(1));
        Kernel moved = kernel.WithFreeLogValues([Math.Log(100)]);
        Assert.That(moved.Hyperparameters.Select(h => h.Value), Is.EqualTo(new[] { 3.0, 4.0 }).Within(1e-12), "3 stays, 100 is moved to the bound 4");
        Assert.That(kernel.Hyperparameters[1].Value, Is.EqualTo(2), "the old kernel is as it was");
    }

    [Test]
    public void TextShowsTheKernelAsWritten()
    {
        Kernel kernel = 2.0 * (new RbfKernel(1.5) + new ConstantKernel(3)) + new WhiteNoiseKernel(0.1);
        Assert.That(kernel.ToString(), Is.EqualTo("2 * (Rbf(length scale 1.5) + 3) + WhiteNoise(0.1)"));
    }

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(1e6)]
    public void HyperparametersOutsideTheirBoundsAreRefused(double value) =>
        Assert.That(() => new RbfKernel(value), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void WrongNumberOfLengthScalesIsRefusedWithBothNumbers() =>
        Assert.That(() => RbfKernel.Ard(3, 1.0).Matrix(Toy.Gaussian(2, 4, 1)), Throws.ArgumentException.With.Message.Contains("3").And.Message.Contains("4"));

    [Test]
    public void MatrixOfRowsWithoutFeaturesIsConstant() =>
        Assert.That(new RbfKernel(1).Matrix(new FeatureMatrix(default, 3, 0)), Has.All.EqualTo(1.0));

    private static IEnumerable<string> GoldenNames() => GoldenData.Kernels.Keys;

    private static FeatureMatrix WithDuplicate(FeatureMatrix x) => x.SelectRows([.. Enumerable.Range(0, x.RowCount), 0]);
}
