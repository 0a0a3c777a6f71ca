using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

public sealed class PredictionTests
{
    [Test]
    public void Probabilities_keep_their_shape_and_break_ties_by_the_lowest_class()
    {
        var p = new ClassProbabilities([0.2, 0.4, 0.4, 1, 0, 0], 3);
        Assert.That((p.RowCount, p.ClassCount), Is.EqualTo((2, 3)));
        Assert.That(p.Row(1).ToArray(), Is.EqualTo([1.0, 0, 0]));
        Assert.That((p.ArgMax(0), p.ArgMax(1)), Is.EqualTo((1, 0)));
    }

    [TestCase(new[] { 0.5, 0.5, double.NaN, 1 }, "row 1, class 0 is NaN")]
    [TestCase(new[] { 0.5, 0.5, 0, double.PositiveInfinity }, "row 1, class 1")]
    [TestCase(new[] { 0.5, 0.5, -0.01, 1.01 }, "row 1, class 0 is -0.01")]
    [TestCase(new[] { 0.5, 0.5, 0.5, 0.502 }, "row 1 sums to 1.002")]
    [TestCase(new[] { 2.0, 3, 0.5, 0.5 }, "Apply the softmax")]
    [TestCase(new[] { 0.5, 0.5, 1 }, "3 probabilities cannot be rows of 2 classes")]
    public void What_is_no_distribution_is_refused_with_its_row(double[] values, string message)
    {
        Assert.That(() => new ClassProbabilities(values, 2), Throws.ArgumentException.With.Message.Contains(message));
        if (values.Length == 4)
        {
            Assert.That(() => new PosteriorClassSamples(values, 2, 2), Throws.ArgumentException.With.Message.Contains(message));
        }
    }

    [Test]
    public void Rounding_below_zero_is_cut_without_touching_the_callers_array()
    {
        double[] values = [1 + 1e-9, -1e-9];
        Assert.That(new ClassProbabilities(values, 2).Values[1], Is.Zero);
        Assert.That(values[1], Is.EqualTo(-1e-9));
        double[] clean = [1, 0];
        Assert.That(new ClassProbabilities(clean, 2).Values == clean, "not copied");
    }

    [Test]
    public void Shapes_of_samples_are_checked()
    {
        Assert.That(() => new PosteriorClassSamples([0.5, 0.5, 0.5, 0.5], 3, 2), Throws.ArgumentException);
        Assert.That(() => new PosteriorClassSamples([], 0, 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new PosteriorValueSamples(new double[3], 2), Throws.ArgumentException);
        Assert.That(() => new PosteriorValueSamples(new[] { 1, 2, double.NaN, 4 }, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 0"));
        Assert.That(() => new GaussianPredictions(new double[2], new double[3]), Throws.ArgumentException);
        Assert.That(() => new GaussianPredictions(new[] { double.NaN }, new[] { 1.0 }), Throws.ArgumentException.With.Message.Contains("row 0"));
        Assert.That(() => new GaussianPredictions(new double[2], new[] { 0, -1e-300 }), Throws.ArgumentException.With.Message.Contains("row 1"));
        Assert.That(() => new GaussianPredictions(new double[1], new[] { -0.0 }), Throws.Nothing);
        Assert.That(() => new JointGaussianPredictions(new double[2], new double[3]), Throws.ArgumentException.With.Message.Contains("[2×2]"));
        Assert.That(
            () => new JointGaussianPredictions(new double[2], new[] { 1, 0, double.NaN, 1 }),
            Throws.ArgumentException.With.Message.Contains("row 1, column 0"));
    }

    [Test]
    public void One_sample_has_no_deviation_and_large_values_no_negative_variance()
    {
        Assert.That(new PosteriorValueSamples(new[] { 3.0, 4 }, 1).Moments().StandardDeviation.ToArray(), Is.All.Zero);
        Assert.That(new PosteriorValueSamples(Enumerable.Repeat(1e15 + 0.3, 7).ToArray(), 7).Moments().StandardDeviation[0], Is.LessThan(1));
    }

    [Test]
    public void Joint_draws_have_the_mean_and_the_covariance()
    {
        const int Draws = 20_000;
        double[] mean = [1, -2, 3], covariance = [2, 0.6, -0.8, 0.6, 1, 0.1, -0.8, 0.1, 1.5];
        var joint = new JointGaussianPredictions(mean, covariance);
        var random = new RandomStream(3);
        double[][] draws = [.. Enumerable.Range(0, Draws).Select(_ => joint.Draw(random))];
        for (int i = 0; i < 3; i++)
        {
            // Four standard errors at a fixed seed.
            Assert.That(draws.Average(d => d[i]), Is.EqualTo(mean[i]).Within(4 * Math.Sqrt(2.0 / Draws)));
            for (int j = 0; j < 3; j++)
            {
                double c = draws.Average(d => (d[i] - mean[i]) * (d[j] - mean[j]));
                Assert.That(c, Is.EqualTo(covariance[(3 * i) + j]).Within(4 * 2 * Math.Sqrt(2.0 / Draws)));
            }
        }
    }

    [Test]
    public void A_singular_covariance_draws_what_has_variance()
    {
        double[] draw = new JointGaussianPredictions(new double[] { 5, 0, 0 }, new double[] { 0, 0, 0, 0, 4, 4, 0, 4, 4 }).Draw(new RandomStream(1));
        Assert.That(draw[0], Is.EqualTo(5));
        Assert.That(draw[1], Is.EqualTo(draw[2]).Within(1e-12).And.Not.Zero);
    }
}
