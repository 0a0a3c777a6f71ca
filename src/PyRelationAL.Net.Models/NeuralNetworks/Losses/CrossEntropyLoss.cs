using System.Numerics.Tensors;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>−w[y] ln softmax(z)[y] for logits z, class y and class weights w. The mean is over rows, not over weights.</summary>
/// <param name="classes">The class of each item.</param>
/// <param name="classCount">C.</param>
/// <param name="weights">A weight for each class; null for 1.</param>
internal sealed class CrossEntropyLoss(int[] classes, int classCount, double[]? weights) : Loss
{
    public override double Evaluate(
        ReadOnlySpan<int> items, ReadOnlySpan<float> outputs, int stride, Span<float> gradient, Span<double> losses = default)
    {
        double sum = 0;
        gradient.Clear();
        for (int r = 0; r < items.Length; r++)
        {
            ReadOnlySpan<float> logits = outputs.Slice(r * stride, classCount);
            int target = classes[items[r]];
            double weight = weights is null ? 1 : weights[target];
            double largest = logits[0], total = 0;
            for (int c = 1; c < classCount; c++)
            {
                largest = Math.Max(largest, logits[c]);
            }

            Span<float> row = gradient.IsEmpty ? [] : gradient.Slice(r * stride, classCount);
            for (int c = 0; c < classCount; c++)
            {
                double exponential = Math.Exp(logits[c] - largest);
                total += exponential;
                if (!row.IsEmpty)
                {
                    row[c] = (float)exponential;
                }
            }

            double loss = weight * (Math.Log(total) + largest - logits[target]);
            sum += loss;
            if (!losses.IsEmpty)
            {
                losses[r] = loss;
            }

            if (!row.IsEmpty)
            {
                float scale = (float)(weight / items.Length);
                TensorPrimitives.Multiply(row, (float)(scale / total), row);
                row[target] -= scale;
            }
        }

        return sum / items.Length;
    }
}
