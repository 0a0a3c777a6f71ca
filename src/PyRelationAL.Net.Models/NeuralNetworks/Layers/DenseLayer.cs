using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>y = x W + b, with W [in×out] and then b among the parameters.</summary>
/// <param name="inputWidth">Inputs.</param>
/// <param name="outputWidth">Outputs.</param>
internal sealed class DenseLayer(int inputWidth, int outputWidth) : Layer(inputWidth, outputWidth)
{
    public override int ParameterCount => DecayedCount + OutputStride;

    public override int DecayedCount => InputWidth * OutputStride;

    public override IReadOnlyList<LayerParameters> ParameterGroups { get; } =
        [new("dense", "weights", inputWidth, true), new("dense", "biases", 1, false)];

    public override int ScratchLength(int rows) =>
        Math.Max(MatrixProduct.PanelLength(Math.Max(InputWidth, rows)), MatrixProduct.PanelLength(OutputWidth) + (OutputWidth * InputStride));

    /// <summary>
    /// Weights and biases uniform in ±in^−½, as PyTorch's: with He's larger ones, networks fit few items well and are surer of the others than they should be.
    /// </summary>
    public override void Initialise(Span<float> parameters, Span<float> statistics, RandomStream random)
    {
        double bound = 1 / Math.Sqrt(InputWidth);
        parameters.Clear();
        // The biases stand behind the last row of weights.
        for (int i = 0; i <= InputWidth; i++)
        {
            for (int j = 0; j < OutputWidth; j++)
            {
                parameters[(i * OutputStride) + j] = (float)(bound * ((2 * random.NextDouble()) - 1));
            }
        }
    }

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output) => MatrixProduct.Multiply(
        input, InputStride, 1, pass.Parameters[..DecayedCount], pass.Parameters[DecayedCount..], output, pass.Rows, InputWidth, OutputStride, pass.Scratch);

    public override void Backward(
        in LayerPass pass,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        Span<float> parameterGradient)
    {
        if (!parameterGradient.IsEmpty)
        {
            ParameterGradient(pass, input, outputGradient, parameterGradient, part: 0, parts: 1);
        }

        if (!inputGradient.IsEmpty)
        {
            int panel = MatrixProduct.PanelLength(OutputWidth);
            Span<float> transposed = pass.Scratch.Slice(panel, OutputWidth * InputStride);
            MatrixProduct.Transpose(pass.Parameters, InputWidth, OutputWidth, transposed);
            MatrixProduct.Multiply(outputGradient, OutputStride, 1, transposed, [], inputGradient, pass.Rows, OutputWidth, InputStride, pass.Scratch[..panel]);
        }
    }

    /// <summary>Each part is a range of input units; the last has the biases too.</summary>
    public override void ParameterGradient(
        in LayerPass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> parameterGradient, int part, int parts)
    {
        int start = (int)((long)InputWidth * part / parts), end = (int)((long)InputWidth * (part + 1) / parts);
        Span<float> weights = parameterGradient[(start * OutputStride)..];
        MatrixProduct.Multiply(
            input[start..], 1, InputStride, outputGradient, [], weights, end - start, pass.Rows, OutputStride, pass.Scratch);
        if (part == parts - 1)
        {
            Span<float> bias = parameterGradient[DecayedCount..];
            outputGradient[..OutputStride].CopyTo(bias);
            for (int r = 1; r < pass.Rows; r++)
            {
                TensorPrimitives.Add(bias, outputGradient.Slice(r * OutputStride, OutputStride), bias);
            }
        }
    }

    // δ ⊗ a, then δ.
    public override void WriteRowGradient(
        int row, ReadOnlySpan<float> input, ReadOnlySpan<float> kept, ReadOnlySpan<float> outputGradient, Span<float> destination)
    {
        ReadOnlySpan<float> delta = outputGradient.Slice(row * OutputStride, OutputWidth), x = input.Slice(row * InputStride, InputWidth);
        for (int j = 0; j < x.Length; j++)
        {
            TensorPrimitives.Multiply(delta, x[j], destination.Slice(j * OutputWidth, OutputWidth));
        }

        delta.CopyTo(destination[(InputWidth * OutputWidth)..]);
    }
}
