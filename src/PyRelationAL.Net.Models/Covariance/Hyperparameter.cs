using System.Globalization;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// A positive hyperparameter of a kernel: its value, the bounds within which fitting may move it, and whether fitting may move it at all. Immutable.
/// </summary>
/// <remarks>A plain number converts to a free hyperparameter with the default bounds, so that <c>new RbfKernel(1.0)</c> is all that most uses need.</remarks>
public sealed class Hyperparameter
{
    /// <summary>The default lower bound, 1e-5 (as in scikit-learn).</summary>
    public const double DefaultLowerBound = 1e-5;

    /// <summary>The default upper bound, 1e5 (as in scikit-learn).</summary>
    public const double DefaultUpperBound = 1e5;

    private Hyperparameter(double value, double lowerBound, double upperBound, bool isFixed)
    {
        Value = Guard.Positive(value);
        LowerBound = Guard.Positive(lowerBound);
        UpperBound = Guard.Positive(upperBound);
        IsFixed = isFixed;
        if (!isFixed && !(value >= lowerBound && value <= upperBound))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value, Guard.Text($"The hyperparameter is {value}; it must lie within its bounds [{lowerBound}, {upperBound}]."));
        }
    }

    /// <summary>The value, finite and greater than 0.</summary>
    public double Value { get; }

    /// <summary>The least value that fitting may choose; meaningless where <see cref="IsFixed"/>.</summary>
    public double LowerBound { get; }

    /// <summary>The greatest value that fitting may choose; meaningless where <see cref="IsFixed"/>.</summary>
    public double UpperBound { get; }

    /// <summary>Whether fitting leaves the value as it is.</summary>
    public bool IsFixed { get; }

    /// <summary>A free hyperparameter with the default bounds.</summary>
    /// <param name="value">In [1e-5, 1e5].</param>
    public static implicit operator Hyperparameter(double value) => Free(value);

    /// <summary>A hyperparameter that is fitted.</summary>
    /// <param name="value">Where fitting starts; within the bounds.</param>
    /// <param name="lowerBound">Greater than 0.</param>
    /// <param name="upperBound">At least <paramref name="lowerBound"/>.</param>
    /// <returns>The hyperparameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive and finite, or the value lies outside the bounds.</exception>
    public static Hyperparameter Free(double value, double lowerBound = DefaultLowerBound, double upperBound = DefaultUpperBound) =>
        new(value, lowerBound, upperBound, isFixed: false);

    /// <summary>A hyperparameter that keeps its value.</summary>
    /// <param name="value">Positive and finite.</param>
    /// <returns>The hyperparameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public static Hyperparameter Fixed(double value) => new(value, value, value, isFixed: true);

    /// <summary>The same hyperparameter at another value, moved into the bounds where rounding put it outside.</summary>
    internal Hyperparameter At(double value) => new(Math.Clamp(value, LowerBound, UpperBound), LowerBound, UpperBound, IsFixed);

    /// <summary>The value as text, independent of the culture.</summary>
    /// <returns>Six significant digits.</returns>
    public override string ToString() => Value.ToString("G6", CultureInfo.InvariantCulture);
}
