namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// −ln N(y | μ, eˢ) without its constant, ½(s + (y − μ)² e⁻ˢ), for outputs μ and s (Nix and Weigend, ICNN 1994). s counts as its nearest value in [−10, 10].
/// </summary>
internal sealed class GaussianLoss(float[] targets) : Loss
{
    private const double LargestLogVariance = 10;

    public static double Variance(double logVariance) => Math.Exp(Math.Clamp(logVariance, -LargestLogVariance, LargestLogVariance));

    public override double Evaluate(
        ReadOnlySpan<int> items, ReadOnlySpan<float> outputs, int stride, Span<float> gradient, Span<double> losses = default)
    {
        double sum = 0, share = 1.0 / items.Length;
        gradient.Clear();
        for (int r = 0; r < items.Length; r++)
        {
            double logVariance = outputs[(r * stride) + 1];
            double variance = Variance(logVariance);
            double error = outputs[r * stride] - targets[items[r]];
            double ratio = error * error / variance;
            double loss = 0.5 * (Math.Log(variance) + ratio);
            sum += loss;
            if (!losses.IsEmpty)
            {
                losses[r] = loss;
            }

            if (!gradient.IsEmpty)
            {
                gradient[r * stride] = (float)(share * error / variance);
                gradient[(r * stride) + 1] = Math.Abs(logVariance) > LargestLogVariance ? 0 : (float)(share * 0.5 * (1 - ratio));
            }
        }

        return sum * share;
    }
}
