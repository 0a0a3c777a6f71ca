namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>An optimiser at work on one network's parameters.</summary>
internal abstract class OptimiserState
{
    /// <summary>Takes one step; parameters and gradient are of padded length.</summary>
    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate);
}
