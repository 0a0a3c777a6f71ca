using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Models.Optimisation;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Optimisation;

public class LimitedMemoryBfgsTests
{
    private const int MaxTest = 200;

    private static readonly LimitedMemoryBfgsOptions Tight = new() { GradientTolerance = 1e-9, ValueTolerance = 0 };

    [Test]
    public void FindsTheMinimumOfRosenbrocksFunction()
    {
        OptimisationResult result = LimitedMemoryBfgs.Minimise(Rosenbrock, [-1.2, 1], options: Tight);
        Assert.That(result.Point, Is.EqualTo(new[] { 1.0, 1.0 }).Within(1e-7));
        Assert.That(result.Stop, Is.EqualTo(OptimisationStop.GradientSmall));
        Assert.That(result.Converged, Is.True);
        Assert.That(result.Evaluations, Is.LessThan(80));
    }

    [Test]
    public void FindsTheConstrainedMinimumOfRosenbrocksFunction()
    {
        // With x ≤ 0.5 the minimum is at x = 0.5, y = 0.25.
        OptimisationResult result = LimitedMemoryBfgs.Minimise(
            Rosenbrock, [-1.2, 1], [-2, -2], [0.5, 2], Tight);
        Assert.That(result.Point, Is.EqualTo(new[] { 0.5, 0.25 }).Within(1e-7));
        Assert.That(result.Converged, Is.True);
    }

    [Test]
    public void StopsAtTheCornerTheFunctionFallsTowards()
    {
        OptimisationResult result = LimitedMemoryBfgs.Minimise(Linear, [0.5, 0.5, 0.5], [0, 0, 0], [1, 1, 1]);
        Assert.That(result.Point, Is.EqualTo(new[] { 0.0, 1, 0.0 }));
        Assert.That(result.GradientNorm, Is.Zero);

        static double Linear(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (gradient[0], gradient[1], gradient[2]) = (1, -2, 3);
            return x[0] - (2 * x[1]) + (3 * x[2]);
        }
    }

    [Test]
    public void SolvesBadlyScaledQuadratics()
    {
        double[] scales = [1e-3, 1, 10, 1e3, 1e4];
        OptimisationResult result = LimitedMemoryBfgs.Minimise(
            (x, gradient) =>
            {
                double value = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double d = x[i] - i;
                    gradient[i] = scales[i] * d;
                    value += 0.5 * scales[i] * d * d;
                }

                return value;
            },
            new double[5],
            options: Tight);
        Assert.That(result.Point, Is.EqualTo(new[] { 0.0, 1, 2, 3, 4 }).Within(1e-5));
    }

    [Test]
    public void ConvexQuadraticsInABoxEndAtAStationaryPoint() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new RandomStream(seed);
            int size = 1 + random.NextInt32(12);
            double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextGaussian())];
            double[] centre = [.. Enumerable.Range(0, size).Select(_ => 2 * random.NextGaussian())];
            double[] lower = [.. Enumerable.Range(0, size).Select(_ => -random.NextDouble())];
            double[] upper = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
            OptimisationResult result = LimitedMemoryBfgs.Minimise(Quadratic, new double[size], lower, upper, Tight with { GradientTolerance = 1e-7 });

            double[] gradient = new double[size], point = [.. result.Point];
            Quadratic(point, gradient);
            for (int i = 0; i < size; i++)
            {
                Assert.That(point[i], Is.InRange(lower[i], upper[i]));
                double move = Math.Clamp(point[i] - gradient[i], lower[i], upper[i]) - point[i];
                // Values near 100 have digits down to 1e-14, which hides gradients below about 1e-6 from a search that compares values.
                Assert.That(move, Is.Zero.Within(1e-4), $"seed {seed}, variable {i} of {size}: {result.Stop}");
            }

            double Quadratic(ReadOnlySpan<double> x, Span<double> g)
            {
                double value = 0;
                g.Clear();
                for (int k = 0; k < size; k++)
                {
                    double along = 0;
                    for (int i = 0; i < size; i++)
                    {
                        along += root[(k * size) + i] * (x[i] - centre[i]);
                    }

                    value += 0.5 * along * along;
                    for (int i = 0; i < size; i++)
                    {
                        g[i] += root[(k * size) + i] * along;
                    }
                }

                for (int i = 0; i < size; i++)
                {
                    value += 0.005 * x[i] * x[i];
                    g[i] += 0.01 * x[i];
                }

                return value;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(MaxTest));

    [Test]
    public void StepsBackWhereTheFunctionIsNotDefined()
    {
        // A first step of length 1 from 0.5 leaves the domain x > 0 of 20x − ln x.
        OptimisationResult result = LimitedMemoryBfgs.Minimise(
            (x, gradient) =>
            {
                gradient[0] = 20 - (1 / x[0]);
                return x[0] > 0 ? (20 * x[0]) - Math.Log(x[0]) : double.NaN;
            },
            [0.5]);
        Assert.That(result.Point[0], Is.EqualTo(0.05).Within(1e-5));
    }

    [Test]
    public void SaysThatTheStartIsNotFinite()
    {
        OptimisationResult result = LimitedMemoryBfgs.Minimise((_, _) => double.NaN, [1]);
        Assert.That(result.Stop, Is.EqualTo(OptimisationStop.StartNotFinite));
        Assert.That(result.Converged, Is.False);
    }

    [Test]
    public void SaysThatTheIterationsRanOut()
    {
        OptimisationResult result = LimitedMemoryBfgs.Minimise(Rosenbrock, [-1.2, 1], options: Tight with { MaximumIterations = 3 });
        Assert.That(result.Stop, Is.EqualTo(OptimisationStop.IterationLimit));
        Assert.That(result.Iterations, Is.EqualTo(3));
    }

    [Test]
    public void SaysThatAWrongGradientLeadsNowhere()
    {
        OptimisationResult result = LimitedMemoryBfgs.Minimise(
            (x, gradient) =>
            {
                gradient[0] = -1;
                return x[0] * x[0];
            },
            [1]);
        Assert.That(result.Stop, Is.EqualTo(OptimisationStop.NoDescent));
        Assert.That(result.Point[0], Is.EqualTo(1));
    }

    [Test]
    public void RefusesBadArguments()
    {
        Assert.That(() => LimitedMemoryBfgs.Minimise(Rosenbrock, [double.NaN, 0]), Throws.ArgumentException);
        Assert.That(() => LimitedMemoryBfgs.Minimise(Rosenbrock, [0, 0], [1, 1], [0, 2]), Throws.ArgumentException);
        Assert.That(() => LimitedMemoryBfgs.Minimise(Rosenbrock, [0, 0], [1], [2]), Throws.ArgumentException);
        Assert.That(() => LimitedMemoryBfgs.Minimise(Rosenbrock, [0, 0], options: Tight with { Memory = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void StopsWhenCancelled() => Assert.That(
        () => LimitedMemoryBfgs.Minimise(Rosenbrock, [0, 0], cancellationToken: new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double a = x[1] - (x[0] * x[0]), b = 1 - x[0];
        gradient[0] = (-400 * x[0] * a) - (2 * b);
        gradient[1] = 200 * a;
        return (100 * a * a) + (b * b);
    }
}
