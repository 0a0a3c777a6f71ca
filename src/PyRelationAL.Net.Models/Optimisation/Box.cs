using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Optimisation;

/// <summary>Bounds on each variable.</summary>
internal sealed class Box
{
    private readonly double[] _lower;
    private readonly double[] _upper;

    public Box(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, int count)
    {
        _lower = Filled(lower, count, double.NegativeInfinity, nameof(lower));
        _upper = Filled(upper, count, double.PositiveInfinity, nameof(upper));
        for (int i = 0; i < count; i++)
        {
            if (!(_lower[i] <= _upper[i]))
            {
                throw new ArgumentException(Guard.Text($"The bounds of variable {i} are [{_lower[i]}, {_upper[i]}]; the lower must not exceed the upper."));
            }
        }
    }

    public void Project(Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = Math.Clamp(point[i], _lower[i], _upper[i]);
        }
    }

    public double ProjectedGradientNorm(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double norm = 0;
        for (int i = 0; i < point.Length; i++)
        {
            norm = Math.Max(norm, Math.Abs(Math.Clamp(point[i] - gradient[i], _lower[i], _upper[i]) - point[i]));
        }

        return norm;
    }

    /// <summary>
    /// Sets to 0 the elements of a direction whose variables are at a bound that descent would push them through, or that the direction itself would.
    /// </summary>
    public void ClearHeld(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, Span<double> direction)
    {
        for (int i = 0; i < point.Length; i++)
        {
            if ((point[i] <= _lower[i] && (gradient[i] > 0 || direction[i] < 0)) || (point[i] >= _upper[i] && (gradient[i] < 0 || direction[i] > 0)))
            {
                direction[i] = 0;
            }
        }
    }

    /// <summary>The derivative along the projected path: variables that have reached a bound no longer move.</summary>
    public double SlopeAlong(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, ReadOnlySpan<double> gradient)
    {
        double slope = 0;
        for (int i = 0; i < point.Length; i++)
        {
            bool stopped = (direction[i] < 0 && point[i] <= _lower[i]) || (direction[i] > 0 && point[i] >= _upper[i]);
            slope += stopped ? 0 : direction[i] * gradient[i];
        }

        return slope;
    }

    private static double[] Filled(ReadOnlySpan<double> bounds, int count, double none, string name)
    {
        if (bounds.IsEmpty)
        {
            var filled = new double[count];
            Array.Fill(filled, none);
            return filled;
        }

        Guard.SameLength(count, bounds.Length, "bounds", name);
        return bounds.ToArray();
    }
}
