namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>An optimiser at work on one network's parameters.</summary>
internal abstract class OptimiserState
{
    /// <summary>Begins a step.</summary>
    public abstract void Begin(double learningRate);

    /// <summary>Takes the step for a range of whole vectors; parameters and gradient are of padded length.</summary>
    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int start, int count);
}
