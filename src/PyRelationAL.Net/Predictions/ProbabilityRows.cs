using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>The one place where probability rows are checked.</summary>
internal static class ProbabilityRows
{
    private const double NegativeTolerance = 1e-6;
    private const double SumTolerance = 1e-3;

    /// <summary>Refuses rows that are no probability distribution, with row and class of the first fault.</summary>
    /// <returns>Whether a value is negative, within rounding.</returns>
    public static bool Verify(ReadOnlySpan<double> values, int classCount, string what, string name)
    {
        bool negative = false;
        for (int start = 0; start < values.Length; start += classCount)
        {
            double sum = 0;
            for (int i = start; i < start + classCount; i++)
            {
                double p = values[i];
                if (!(p >= -NegativeTolerance) || !double.IsFinite(p))
                {
                    throw new ArgumentException(
                        Guard.Text($"{what}: row {start / classCount}, class {i - start} is {p}; probabilities must be finite and not negative."), name);
                }

                sum += p;
                negative |= p < 0;
            }

            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new ArgumentException(
                    Guard.Text($"{what}: row {start / classCount} sums to {sum}; it must sum to 1 (within {SumTolerance}). ")
                    + "Apply the softmax before passing logits.",
                    name);
            }
        }

        return negative;
    }

    /// <summary>Verifies rows; returns the array itself, or a copy where rounding below 0 was set to 0.</summary>
    public static double[] Check(double[] values, int classCount, string what, string name) =>
        Verify(values, classCount, what, name) ? Array.ConvertAll(values, p => Math.Max(0, p)) : values;
}
