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

    /// <summary>The parameters by what they are; each group is so many runs of <see cref="OutputWidth"/> numbers, one after the other.</summary>
    public virtual IReadOnlyList<LayerParameters> ParameterGroups => [];

    /// <summary>Whether this gives a hidden layer's activations, which auxiliary heads see.</summary>
    public virtual bool GivesActivations => false;

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

    /// <summary>
    /// Writes the loss's gradient by the parameters and by the input, each unless its span is empty. The pass has the mode of the forward pass; in training the
    /// gradient by the parameters is always wanted.
    /// </summary>
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

    /// <summary>Writes one row's gradient by the parameters, without padding, after a forward pass in prediction mode.</summary>
    /// <param name="row">The row.</param>
    /// <param name="input">The layer's input in that pass.</param>
    /// <param name="kept">What the layer kept from it.</param>
    /// <param name="outputGradient">The gradient by the layer's output.</param>
    /// <param name="destination">Gets the gradient.</param>
    public virtual void WriteRowGradient(
        int row, ReadOnlySpan<float> input, ReadOnlySpan<float> kept, ReadOnlySpan<float> outputGradient, Span<float> destination)
    {
    }
}
