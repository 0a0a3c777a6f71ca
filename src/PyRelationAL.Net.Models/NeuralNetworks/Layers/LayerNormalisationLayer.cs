using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Standardises each row over its units, then scales and shifts by learned γ and β (Ba, Kiros and Hinton, "Layer normalization", 2016).</summary>
internal sealed class LayerNormalisationLayer(int width) : Layer(width, width)
{
    private const float Epsilon = 1e-5f;

    public override int ParameterCount => 2 * OutputStride;

    public override IReadOnlyList<LayerParameters> ParameterGroups => LayerParameters.OfNormalisation;

    // For each row its normalised values and then its 1/σ.
    public override int KeptLength(int rows) => rows * (OutputStride + 1);

    public override int ScratchLength(int rows) => OutputStride;

    public override void Initialise(Span<float> parameters, Span<float> statistics, RandomStream random)
    {
        parameters.Clear();
        parameters[..OutputWidth].Fill(1);
    }

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output)
    {
        ReadOnlySpan<float> gain = pass.Parameters[..OutputWidth], shift = pass.Parameters.Slice(OutputStride, OutputWidth);
        for (int r = 0; r < pass.Rows; r++)
        {
            Span<float> kept = pass.Kept.Slice(KeptLength(r), KeptLength(1)), normalised = kept[..OutputWidth];
            ReadOnlySpan<float> row = input.Slice(r * OutputStride, OutputWidth);
            TensorPrimitives.Subtract(row, TensorPrimitives.Sum(row) / OutputWidth, normalised);
            float inverse = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(normalised) / OutputWidth) + Epsilon);
            kept[OutputStride] = inverse;
            TensorPrimitives.Multiply(normalised, inverse, normalised);
            TensorPrimitives.MultiplyAdd(normalised, gain, shift, output.Slice(r * OutputStride, OutputWidth));
        }
    }

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

        if (inputGradient.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<float> gain = pass.Parameters[..OutputWidth];
        Span<float> scaled = pass.Scratch[..OutputWidth];
        for (int r = 0; r < pass.Rows; r++)
        {
            ReadOnlySpan<float> kept = pass.Kept.Slice(KeptLength(r), KeptLength(1)), normalised = kept[..OutputWidth];
            ReadOnlySpan<float> gradient = outputGradient.Slice(r * OutputStride, OutputWidth);
            // (g − mean g − x̂ · mean(g x̂))/σ, with g the gradient by x̂.
            TensorPrimitives.Multiply(gradient, gain, scaled);
            float mean = TensorPrimitives.Sum<float>(scaled) / OutputWidth, slope = TensorPrimitives.Dot(scaled, normalised) / OutputWidth;
            Span<float> destination = inputGradient.Slice(r * OutputStride, OutputStride);
            for (int j = 0; j < OutputWidth; j++)
            {
                destination[j] = (scaled[j] - mean - (normalised[j] * slope)) * kept[OutputStride];
            }

            destination[OutputWidth..].Clear();
        }
    }

    /// <summary>The last part is all of it.</summary>
    public override void ParameterGradient(
        in LayerPass pass, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> parameterGradient, int part, int parts)
    {
        if (part < parts - 1)
        {
            return;
        }

        parameterGradient.Clear();
        Span<float> gainGradient = parameterGradient[..OutputWidth], shiftGradient = parameterGradient.Slice(OutputStride, OutputWidth);
        for (int r = 0; r < pass.Rows; r++)
        {
            ReadOnlySpan<float> gradient = outputGradient.Slice(r * OutputStride, OutputWidth);
            TensorPrimitives.MultiplyAdd(gradient, pass.Kept.Slice(KeptLength(r), OutputWidth), gainGradient, gainGradient);
            TensorPrimitives.Add(gradient, shiftGradient, shiftGradient);
        }
    }

    // δ ⊙ x̂, then δ.
    public override void WriteRowGradient(
        int row, ReadOnlySpan<float> input, ReadOnlySpan<float> kept, ReadOnlySpan<float> outputGradient, Span<float> destination)
    {
        ReadOnlySpan<float> delta = outputGradient.Slice(row * OutputStride, OutputWidth);
        TensorPrimitives.Multiply(delta, kept.Slice(KeptLength(row), OutputWidth), destination);
        delta.CopyTo(destination[OutputWidth..]);
    }
}
