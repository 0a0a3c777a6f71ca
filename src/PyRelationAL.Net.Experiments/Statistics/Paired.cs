using MathNet.Numerics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>What the paired comparisons share.</summary>
internal static class Paired
{
    public static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Guard.SameLength(first.Length, second.Length, "The paired values", nameof(second));
        CheckValues(first, nameof(first));
        CheckValues(second, nameof(second));
        var differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return differences;
    }

    public static void CheckValues(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException(Guard.Text($"{name} is empty; at least one value is needed."), name);
        }

        Guard.AllFinite(values, 1, name, name);
    }

    /// <summary>
    /// The two-sided p-value of Student's t for a mean of 0. Differences that are all the same have no spread: p is 0, or 1 where they are 0.
    /// </summary>
    public static double StudentPValue(IReadOnlyList<double> differences)
    {
        SampleStatistics s = SampleStatistics.Of(differences);
        if (s.Mean == 0)
        {
            return 1;
        }

        double t = s.Mean / s.StandardDeviation * Math.Sqrt(s.Count), freedom = s.Count - 1;
        return double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t)));
    }
}
