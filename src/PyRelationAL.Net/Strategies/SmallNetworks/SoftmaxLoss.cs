using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The cross-entropy of softmax(z/T) as a row's share in the mean over a batch.</summary>
internal static class SoftmaxLoss
{
    /// <summary>Writes the gradient by z, (softmax(z/T) − onehot(y))/(T·B).</summary>
    /// <param name="logits">z.</param>
    /// <param name="label">y.</param>
    /// <param name="temperature">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="gradient">One number to write for each logit.</param>
    /// <returns>−ln softmax(z/T)[y]/B.</returns>
    public static double Write(ReadOnlySpan<double> logits, int label, double temperature, int batch, Span<double> gradient)
    {
        System.Numerics.Tensors.TensorPrimitives.Divide(logits, temperature, gradient);
        double log = CrossEntropyDirection.LogSum(gradient), loss = (log - gradient[label]) / batch;
        for (int c = 0; c < gradient.Length; c++)
        {
            gradient[c] = (Math.Exp(gradient[c] - log) - (c == label ? 1 : 0)) / (temperature * batch);
        }

        return loss;
    }
}
