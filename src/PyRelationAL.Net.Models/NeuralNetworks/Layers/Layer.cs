using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// One layer of a network. A layer has no state: parameters, statistics and memory belong to whoever calls it, so that any number of networks of one shape can
/// be trained at once. Matrices lie in memory as <see cref="Lanes"/> says.
/// </summary>
internal abstract class Layer(int inputWidth, int outputWidth)
{
    public int InputWidth { get; } = inputWidth;

    public int OutputWidth { get; } = outputWidth;

    public int InputStride { get; } = Lanes.Stride(inputWidth);

    public int OutputStride { get; } = Lanes.Stride(outputWidth);

    /// <summary>Trainable parameters, padding included.</summary>
    public virtual int ParameterCount => 0;

    /// <summary>How many of the parameters, from the first, weight decay applies to.</summary>
    public virtual int DecayedCount => 0;

    /// <summary>Numbers that training records but does not optimise.</summary>
    public virtual int StatisticCount => 0;

    /// <summary>Whether a row's values and gradients depend on no other row of the batch, so that parts of a batch can be passed at the same time.</summary>
    public virtual bool RowsAreIndependent => true;

    /// <summary>Proportional to the rows where they are independent.</summary>
    public virtual int KeptLength(int rows) => 0;

    public virtual int ScratchLength(int rows) => 0;

    public virtual void Initialise(Span<float> parameters, Span<float> statistics, RandomStream random)
    {
    }

    /// <summary>Draws what <see cref="Forward"/> needs from the stream, for all rows of the batch and in their order.</summary>
    public virtual void Draw(in LayerPass pass)
    {
    }

    public abstract void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Writes the loss's gradient by the parameters and by the input, each unless its span is empty.</summary>
    public abstract void Backward(
        in LayerPass pass,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        Span<float> parameterGradient);

    /// <summary>Writes one of several disjoint parts of the gradient by the parameters, over all rows of the batch.</summary>
    public virtual void ParameterGradient(
        in LayerPass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> parameterGradient, int part, int parts)
    {
    }
}
