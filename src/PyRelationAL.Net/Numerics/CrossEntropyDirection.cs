using System.Numerics.Tensors;

namespace PyRelationAL.Numerics;

/// <summary>
/// The direction in which the cross-entropy of a class y grows, by the logits: (p − onehot(y)) / (1 − p_y), that is −1 at y and softmax over the other classes.
/// </summary>
/// <remarks>Methods that only follow the direction leave the factor 1 − p_y out: of a saturated softmax it is 0, and nothing would be left to follow.</remarks>
internal static class CrossEntropyDirection
{
    /// <summary>Writes the direction; 0 where there is one class only.</summary>
    /// <param name="logits">C logits.</param>
    /// <param name="label">y.</param>
    /// <param name="direction">C numbers to write.</param>
    public static void Write(ReadOnlySpan<double> logits, int label, Span<double> direction)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int c = 0; c < logits.Length; c++)
        {
            largest = c == label ? largest : Math.Max(largest, logits[c]);
        }

        for (int c = 0; c < logits.Length; c++)
        {
            direction[c] = c == label ? 0 : Math.Exp(logits[c] - largest);
            sum += direction[c];
        }

        if (sum > 0)
        {
            TensorPrimitives.Divide(direction, sum, direction);
            direction[label] = -1;
        }
    }

    /// <summary>ln Σ exp(z): −ln softmax(z)[y] is this less z[y].</summary>
    public static double LogSum(ReadOnlySpan<double> logits)
    {
        double largest = TensorPrimitives.Max(logits), sum = 0;
        foreach (double logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return largest + Math.Log(sum);
    }
}
