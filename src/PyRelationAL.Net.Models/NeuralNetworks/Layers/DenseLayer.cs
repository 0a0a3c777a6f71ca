using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>y = x W + b, with W [in×out] and then b among the parameters.</summary>
/// <param name="inputWidth">Inputs.</param>
/// <param name="outputWidth">Outputs.</param>
/// <param name="initialVariance">The variance of the initial weights; the initial biases are 0.</param>
internal sealed class DenseLayer(int inputWidth, int outputWidth, double initialVariance) : Layer(inputWidth, outputWidth)
{
    public override int ParameterCount => DecayedCount + OutputStride;

    public override int DecayedCount => InputWidth * OutputStride;

    /// <summary>2/in, for activations that pass half of their input (He et al., ICCV 2015).</summary>
    public static double HeVariance(int inputWidth) => 2.0 / inputWidth;

    /// <summary>2/(in + out) (Glorot and Bengio, AISTATS 2010).</summary>
    public static double XavierVariance(int inputWidth, int outputWidth) => 2.0 / (inputWidth + outputWidth);

    public override int ScratchLength(int rows) =>
        Math.Max(MatrixProduct.PanelLength(Math.Max(InputWidth, rows)), MatrixProduct.PanelLength(OutputWidth) + (OutputWidth * InputStride));

    public override void Initialise(Span<float> parameters, Span<float> statistics, RandomStream random)
    {
        double deviation = Math.Sqrt(initialVariance);
        parameters.Clear();
        for (int i = 0; i < InputWidth; i++)
        {
            for (int j = 0; j < OutputWidth; j++)
            {
                parameters[(i * OutputStride) + j] = (float)(deviation * random.NextGaussian());
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
}
