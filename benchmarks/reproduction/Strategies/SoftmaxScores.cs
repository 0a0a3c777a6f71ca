namespace PyRelationAL.Reproduction.Strategies;

/// <summary>
/// The classification scores of PyRelationAL in 2022. It took the model's probabilities for logits: they went through a softmax, in single precision, and the
/// scores are those of the result. With two classes that changes nothing but which candidates have equal scores; with more it changes the order.
/// </summary>
internal static class SoftmaxScores
{
    /// <summary>Least confidence: (1 − q₍₁₎) C / (C − 1).</summary>
    /// <param name="probabilities">C probabilities, C at least 2.</param>
    public static float LeastConfidence(ReadOnlySpan<double> probabilities)
    {
        float[] q = Sorted(probabilities);
        return (1 - q[^1]) * (float)(q.Length / (q.Length - 1.0));
    }

    /// <summary>Margin: 1 − (q₍₁₎ − q₍₂₎).</summary>
    /// <param name="probabilities">C probabilities, C at least 2.</param>
    public static float Margin(ReadOnlySpan<double> probabilities)
    {
        float[] q = Sorted(probabilities);
        return 1 - (q[^1] - q[^2]);
    }

    /// <summary>Entropy: −Σ q log₂ q / log₂ C.</summary>
    /// <param name="probabilities">C probabilities, C at least 2.</param>
    public static float Entropy(ReadOnlySpan<double> probabilities)
    {
        float sum = 0;
        foreach (float q in Softmax(probabilities))
        {
            sum += q * (float)Math.Log2(q);
        }

        return (0 - sum) / (float)Math.Log2(probabilities.Length);
    }

    private static float[] Sorted(ReadOnlySpan<double> probabilities)
    {
        float[] q = Softmax(probabilities);
        Array.Sort(q);
        return q;
    }

    private static float[] Softmax(ReadOnlySpan<double> probabilities)
    {
        var q = new float[probabilities.Length];
        float sum = 0;
        for (int c = 0; c < q.Length; c++)
        {
            q[c] = TorchPower.Of((float)probabilities[c]);
            sum += q[c];
        }

        for (int c = 0; c < q.Length; c++)
        {
            q[c] /= sum;
        }

        return q;
    }
}
