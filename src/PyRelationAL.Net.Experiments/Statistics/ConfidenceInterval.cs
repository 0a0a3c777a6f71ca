using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>An estimate and an interval around it. Immutable.</summary>
/// <param name="Estimate">The estimate from all values.</param>
/// <param name="Low">The lower end; −∞ where nothing bounds it from below, NaN where one value tells nothing about spread.</param>
/// <param name="High">The upper end, likewise.</param>
/// <param name="Level">How often such intervals contain the true value, in (0, 1), for example 0.95.</param>
public readonly record struct ConfidenceInterval(double Estimate, double Low, double High, double Level)
{
    /// <summary>Whether a value lies in the interval, ends included. Of a difference: <c>Contains(0)</c> says that its sign is not known.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>False too where the ends are NaN.</returns>
    public bool Contains(double value) => value >= Low && value <= High;

    internal static void CheckLevel(double level)
    {
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, Guard.Text($"level is {level}; it must lie in (0, 1), for example 0.95."));
        }
    }
}
