namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>(f − y)².</summary>
internal sealed class SquaredErrorLoss(float[] targets) : Loss
{
    public override double Evaluate(
        ReadOnlySpan<int> items, ReadOnlySpan<float> outputs, int stride, Span<float> gradient, Span<double> losses = default)
    {
        double sum = 0;
        float scale = 2f / items.Length;
        gradient.Clear();
        for (int r = 0; r < items.Length; r++)
        {
            float error = outputs[r * stride] - targets[items[r]];
            double loss = (double)error * error;
            sum += loss;
            if (!losses.IsEmpty)
            {
                losses[r] = loss;
            }

            if (!gradient.IsEmpty)
            {
                gradient[r * stride] = scale * error;
            }
        }

        return sum / items.Length;
    }
}
