using PyRelationAL.Models.Optimisation;

namespace PyRelationAL.Tests.Optimisation;

public class LimitedMemoryBfgsTests
{
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
    public void StepsBackWhereTheFunctionIsNotDefined()
    {
        // ln x − x has no value for x ≤ 0, and a full first step from 0.1 along the gradient would not matter; from 5 it leaves the domain.
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
