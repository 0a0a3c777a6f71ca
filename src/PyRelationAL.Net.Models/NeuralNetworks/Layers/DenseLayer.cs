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
        MatrixProduct.Multiply(
            input, 1, InputStride, outputGradient, [], parameterGradient, InputWidth, pass.Rows, OutputStride, pass.Scratch);
        Span<float> bias = parameterGradient[DecayedCount..];
        outputGradient[..OutputStride].CopyTo(bias);
        for (int r = 1; r < pass.Rows; r++)
        {
            TensorPrimitives.Add(bias, outputGradient.Slice(r * OutputStride, OutputStride), bias);
        }

        if (!inputGradient.IsEmpty)
        {
            int panel = MatrixProduct.PanelLength(OutputWidth);
            Span<float> transposed = pass.Scratch.Slice(panel, OutputWidth * InputStride);
            MatrixProduct.Transpose(pass.Parameters, InputWidth, OutputWidth, transposed);
            MatrixProduct.Multiply(outputGradient, OutputStride, 1, transposed, [], inputGradient, pass.Rows, OutputWidth, InputStride, pass.Scratch[..panel]);
        }
    }
}
