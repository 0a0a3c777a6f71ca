using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>The one place where probability rows are checked.</summary>
internal static class ProbabilityRows
{
    private const double NegativeTolerance = 1e-6;
    private const double SumTolerance = 1e-3;

    /// <summary>Checks rows of <paramref name="classCount"/> values; returns the array itself, or a copy where tiny negatives were set to 0.</summary>
    public static double[] Check(double[] values, int classCount, string what, string name)
    {
        bool copied = false;
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
                if (p < 0)
                {
                    if (!copied)
                    {
                        values = (double[])values.Clone();
                        copied = true;
                    }

                    values[i] = 0;
                }
            }

            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new ArgumentException(
                    Guard.Text($"{what}: row {start / classCount} sums to {sum}; it must sum to 1 (within {SumTolerance}). Apply the softmax before passing logits."),
                    name);
            }
        }

        return values;
    }
}
