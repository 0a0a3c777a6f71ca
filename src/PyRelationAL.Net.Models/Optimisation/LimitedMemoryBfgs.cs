using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Optimisation;

/// <summary>
/// Limited-memory BFGS within a box: quasi-Newton directions from the last few steps (Nocedal, "Updating quasi-Newton matrices with limited storage",
/// Mathematics of Computation 1980) over the variables that are not held at a bound, and a line search along the path projected onto the box that
/// satisfies the weak Wolfe conditions (Lewis and Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 2013).
/// </summary>
/// <remarks>Deterministic. Each iteration costs O(memory·P) and, as a rule, one evaluation of the function. Finds a local minimum.</remarks>
public static class LimitedMemoryBfgs
{
    private const double SufficientDecrease = 1e-4;
    private const double CurvatureShare = 0.9;
    private const int LineSearchLimit = 40;

    // A promise is for the whole of a step; what is found on the way to a minimum is half of it.
    private const double LeastShare = 0.1;

    /// <summary>Minimises a function within bounds.</summary>
    /// <param name="objective">The function and its gradient.</param>
    /// <param name="start">Where to start [P]; moved into the box where it lies outside.</param>
    /// <param name="lower">Lower bounds [P], −∞ for none; empty where no variable has one.</param>
    /// <param name="upper">Upper bounds [P], +∞ for none; empty where no variable has one.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="cancellationToken">Checked before each evaluation.</param>
    /// <returns>The best point found, and why the search stopped there.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a bound is NaN, or a lower bound is above its upper bound.</exception>
    public static OptimisationResult Minimise(
        ObjectiveWithGradient objective, ReadOnlySpan<double> start, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default,
        LimitedMemoryBfgsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LimitedMemoryBfgsOptions();
        return Minimise(objective, start, lower, upper, options, new CurvatureMemory(options.Memory), cancellationToken);
    }

    /// <summary>Minimises with a memory of the curvature of a similar function, or an empty one; it is left with this function's.</summary>
    internal static OptimisationResult Minimise(
        ObjectiveWithGradient objective, ReadOnlySpan<double> start, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper,
        LimitedMemoryBfgsOptions options, CurvatureMemory memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Guard.Positive(options.MaximumIterations);
        Guard.Positive(options.Memory);
        Guard.NonNegative(options.GradientTolerance);
        Guard.NonNegative(options.ValueTolerance);
        Guard.AllFinite(start, 1, "the starting point", nameof(start));
        var box = new Box(lower, upper, start.Length);
        return new Search(objective, box, options, memory, cancellationToken).Run(start);
    }

    private sealed class Search(
        ObjectiveWithGradient objective, Box box, LimitedMemoryBfgsOptions options, CurvatureMemory memory, CancellationToken cancellationToken)
    {
        private double[] _point = [], _gradient = [], _trial = [], _trialGradient = [];
        private double _value;
        private int _evaluations;
        private bool _littleToGain;

        public OptimisationResult Run(ReadOnlySpan<double> start)
        {
            int p = start.Length;
            (_point, _gradient, _trial, _trialGradient) = (start.ToArray(), new double[p], new double[p], new double[p]);
            box.Project(_point);
            _value = Evaluate(_point, _gradient);
            if (!double.IsFinite(_value))
            {
                return Result(0, OptimisationStop.StartNotFinite);
            }

            var direction = new double[p];
            for (int iteration = 0; ; iteration++)
            {
                if (box.ProjectedGradientNorm(_point, _gradient) <= options.GradientTolerance)
                {
                    return Result(iteration, OptimisationStop.GradientSmall);
                }

                if (iteration == options.MaximumIterations)
                {
                    return Result(iteration, OptimisationStop.IterationLimit);
                }

                double before = _value;
                _littleToGain = false;
                bool moved = Step(direction);
                if (!moved && !memory.IsEmpty)
                {
                    // Curvature from steps along other faces of the box can point nowhere useful: forget it and follow the gradient.
                    memory.Clear();
                    moved = Step(direction);
                }

                if (!moved)
                {
                    return Result(iteration, _littleToGain ? OptimisationStop.ValueSettled : OptimisationStop.NoDescent);
                }

                if (before - _value <= Negligible(before))
                {
                    return Result(iteration + 1, OptimisationStop.ValueSettled);
                }
            }
        }

        /// <summary>One line search; moves to the new point and learns its curvature where it finds a lower value.</summary>
        private bool Step(double[] direction)
        {
            TensorPrimitives.Negate<double>(_gradient, direction);
            box.ClearHeld(_point, _gradient, direction);
            bool first = memory.IsEmpty;
            if (!first)
            {
                memory.Apply(direction);
                box.ClearHeld(_point, _gradient, direction);
            }

            double slope = TensorPrimitives.Dot<double>(_gradient, direction);
            if (!(slope < 0) || !double.IsFinite(slope))
            {
                return false;
            }

            // Without curvature the gradient's length says nothing about a sensible step: start with one of length 1 at most.
            double step = first ? Math.Min(1, 1 / TensorPrimitives.Norm<double>(direction)) : 1;
            double shortest = 0, longest = double.PositiveInfinity, bestValue = _value;
            double[] best = [], bestGradient = [];
            for (int i = 0; i < LineSearchLimit; i++)
            {
                TensorPrimitives.MultiplyAdd<double>(direction, step, _point, _trial);
                box.Project(_trial);
                double value = Evaluate(_trial, _trialGradient);
                double gain = Decrease();
                if (!double.IsFinite(value) || !(value <= _value + (SufficientDecrease * gain)))
                {
                    // What not even the gradient promises, a function with rounding errors will not show.
                    if (double.IsFinite(value) && -gain < LeastShare * Negligible(value))
                    {
                        _littleToGain |= i == 0;
                        break;
                    }

                    longest = step;
                    step = Shorter(shortest, step, slope, value);
                }
                else
                {
                    if (value < bestValue || best.Length == 0)
                    {
                        (bestValue, best, bestGradient) = (value, (double[])_trial.Clone(), (double[])_trialGradient.Clone());
                    }

                    if (box.SlopeAlong(_trial, direction, _trialGradient) >= CurvatureShare * slope)
                    {
                        break;
                    }

                    shortest = step;
                    step = double.IsPositiveInfinity(longest) ? 2 * step : (shortest + longest) / 2;
                }

                if (longest - shortest <= 1e-14 * longest)
                {
                    break;
                }
            }

            if (best.Length == 0 || !(bestValue < _value))
            {
                return false;
            }

            memory.Add(_point, _gradient, best, bestGradient);
            (_point, _gradient, _value) = (best, bestGradient, bestValue);
            return true;
        }

        private double Evaluate(double[] point, double[] gradient)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _evaluations++;
            double value = objective(point, gradient);
            return TensorPrimitives.IsFiniteAll<double>(gradient) ? value : double.NaN;
        }

        /// <summary>What the gradient promises for the trial: negative.</summary>
        private double Decrease()
        {
            double sum = 0;
            for (int i = 0; i < _point.Length; i++)
            {
                sum += _gradient[i] * (_trial[i] - _point[i]);
            }

            return Math.Min(0, sum);
        }

        /// <summary>The gain at which the value counts as settled.</summary>
        private double Negligible(double before) => options.ValueTolerance * Math.Max(1, Math.Max(Math.Abs(before), Math.Abs(_value)));

        private double Shorter(double shortest, double step, double slope, double value)
        {
            if (shortest > 0 || !double.IsFinite(value))
            {
                return shortest + ((step - shortest) * (double.IsFinite(value) ? 0.5 : 0.1));
            }

            double minimum = -slope * step * step / (2 * (value - _value - (slope * step)));
            return Math.Clamp(double.IsFinite(minimum) ? minimum : 0, 0.1 * step, 0.5 * step);
        }

        private OptimisationResult Result(int iterations, OptimisationStop stop) =>
            new(_point, _value, box.ProjectedGradientNorm(_point, _gradient), iterations, _evaluations, stop);
    }
}
