namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>A loss with its targets: the mean over the rows of a batch.</summary>
internal abstract class Loss
{
    /// <summary>Computes the mean loss of a batch.</summary>
    /// <param name="items">The target of each row.</param>
    /// <param name="outputs">The network's outputs, padded rows.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="gradient">Gets the gradient by the outputs, its padding 0; empty where only the loss is wanted.</param>
    /// <param name="losses">Gets each row's loss; empty where only the mean is wanted.</param>
    /// <returns>The mean loss.</returns>
    public abstract double Evaluate(
        ReadOnlySpan<int> items, ReadOnlySpan<float> outputs, int stride, Span<float> gradient, Span<double> losses = default);
}
