namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// The mean of softmax(z) for Gaussian z, by the second mean-field approximation of Lu, Ie and Sha (2020) with MacKay's constant:
/// p[c] ∝ 1/Σₖ exp((μₖ − μ[c])/√(1 + π/8 Var(z[c] − zₖ))). For two classes it is MacKay's approximation of the averaged logistic function.
/// </summary>
internal static class MeanFieldSoftmax
{
    public static void Average(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, Span<double> probabilities)
    {
        int classes = mean.Length;
        double total = 0;
        for (int c = 0; c < classes; c++)
        {
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                double variance = covariance[(c * classes) + c] + covariance[(k * classes) + k] - (2 * covariance[(c * classes) + k]);
                sum += Math.Exp((mean[k] - mean[c]) / Math.Sqrt(1 + (Math.PI / 8 * Math.Max(0, variance))));
            }

            probabilities[c] = 1 / sum;
            total += probabilities[c];
        }

        for (int c = 0; c < classes; c++)
        {
            probabilities[c] /= total;
        }
    }
}
