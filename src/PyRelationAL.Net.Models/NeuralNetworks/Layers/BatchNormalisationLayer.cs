using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Standardises each unit over the batch, then scales and shifts by learned γ and β (Ioffe and Szegedy, ICML 2015). Predictions use running means and variances
/// (momentum 0.1, variances with divisor n − 1). A batch of one row has no variance: it is normalised with the running ones, and leaves them as they are.
/// </summary>
internal sealed class BatchNormalisationLayer(int width) : Layer(width, width)
{
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    public override int ParameterCount => 2 * OutputStride;

    public override bool RowsAreIndependent => false;

    public override IReadOnlyList<LayerParameters> ParameterGroups => LayerParameters.OfNormalisation;

    public override int StatisticCount => 2 * OutputStride;

    // The normalised rows, then each unit's 1/σ.
    public override int KeptLength(int rows) => (rows + 1) * OutputStride;

    public override int ScratchLength(int rows) => 2 * OutputStride;

    public override void Initialise(Span<float> parameters, Span<float> statistics, RandomStream random)
    {
        parameters.Clear();
        parameters[..OutputWidth].Fill(1);
        statistics.Clear();
        statistics[OutputStride..].Fill(1);
    }

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output)
    {
        Span<float> mean = pass.Scratch[..OutputStride], inverse = pass.Kept.Slice(pass.Rows * OutputStride, OutputStride);
        Span<float> runningMean = pass.Statistics[..OutputStride], runningVariance = pass.Statistics.Slice(OutputStride, OutputStride);
        if (UsesBatch(pass))
        {
            Average(pass.Rows, input, mean);
            inverse.Clear();
            Span<float> difference = pass.Scratch.Slice(OutputStride, OutputStride);
            for (int r = 0; r < pass.Rows; r++)
            {
                TensorPrimitives.Subtract(input.Slice(r * OutputStride, OutputStride), mean, difference);
                TensorPrimitives.MultiplyAdd(difference, difference, inverse, inverse);
            }

            TensorPrimitives.Multiply(inverse, 1f / (pass.Rows - 1), difference);
            Blend(runningMean, mean);
            Blend(runningVariance, difference);
            TensorPrimitives.Multiply(inverse, 1f / pass.Rows, inverse);
        }
        else
        {
            runningMean.CopyTo(mean);
            runningVariance.CopyTo(inverse);
        }

        TensorPrimitives.Add(inverse, Epsilon, inverse);
        TensorPrimitives.Sqrt(inverse, inverse);
        TensorPrimitives.Divide(1f, inverse, inverse);
        ReadOnlySpan<float> gain = pass.Parameters[..OutputStride], shift = pass.Parameters.Slice(OutputStride, OutputStride);
        for (int r = 0; r < pass.Rows; r++)
        {
            Span<float> normalised = pass.Kept.Slice(r * OutputStride, OutputStride);
            TensorPrimitives.Subtract(input.Slice(r * OutputStride, OutputStride), mean, normalised);
            TensorPrimitives.Multiply(normalised, inverse, normalised);
            TensorPrimitives.MultiplyAdd(normalised, gain, shift, output.Slice(r * OutputStride, OutputStride));
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
        Span<float> gainGradient = [], shiftGradient = [];
        if (!parameterGradient.IsEmpty)
        {
            parameterGradient.Clear();
            gainGradient = parameterGradient[..OutputStride];
            shiftGradient = parameterGradient.Slice(OutputStride, OutputStride);
            for (int r = 0; r < pass.Rows; r++)
            {
                ReadOnlySpan<float> gradient = outputGradient.Slice(r * OutputStride, OutputStride);
                TensorPrimitives.MultiplyAdd(gradient, pass.Kept.Slice(r * OutputStride, OutputStride), gainGradient, gainGradient);
                TensorPrimitives.Add(gradient, shiftGradient, shiftGradient);
            }
        }

        if (inputGradient.IsEmpty)
        {
            return;
        }

        // γ/σ (g − mean g − x̂ · mean(g x̂)); where the statistics are not the batch's own, they are constants and only γ g/σ is left.
        Span<float> scale = pass.Scratch[..OutputStride], part = pass.Scratch.Slice(OutputStride, OutputStride);
        TensorPrimitives.Multiply(pass.Parameters[..OutputStride], pass.Kept.Slice(pass.Rows * OutputStride, OutputStride), scale);
        bool usesBatch = UsesBatch(pass);
        for (int r = 0; r < pass.Rows; r++)
        {
            Span<float> destination = inputGradient.Slice(r * OutputStride, OutputStride);
            outputGradient.Slice(r * OutputStride, OutputStride).CopyTo(destination);
            if (usesBatch)
            {
                TensorPrimitives.MultiplyAdd(pass.Kept.Slice(r * OutputStride, OutputStride), gainGradient, shiftGradient, part);
                TensorPrimitives.Multiply(part, 1f / pass.Rows, part);
                TensorPrimitives.Subtract(destination, part, destination);
            }

            TensorPrimitives.Multiply(destination, scale, destination);
        }
    }

    // δ ⊙ x̂, then δ.
    public override void WriteRowGradient(
        int row, ReadOnlySpan<float> input, ReadOnlySpan<float> kept, ReadOnlySpan<float> outputGradient, Span<float> destination)
    {
        ReadOnlySpan<float> delta = outputGradient.Slice(row * OutputStride, OutputWidth);
        TensorPrimitives.Multiply(delta, kept.Slice(row * OutputStride, OutputWidth), destination);
        delta.CopyTo(destination[OutputWidth..]);
    }

    private static bool UsesBatch(in LayerPass pass) => pass is { Mode: PassMode.Training, Rows: > 1 };

    private static void Blend(Span<float> running, ReadOnlySpan<float> latest)
    {
        TensorPrimitives.Multiply(running, 1 - Momentum, running);
        TensorPrimitives.MultiplyAdd(latest, Momentum, running, running);
    }

    private void Average(int rows, ReadOnlySpan<float> input, Span<float> mean)
    {
        mean.Clear();
        for (int r = 0; r < rows; r++)
        {
            TensorPrimitives.Add(mean, input.Slice(r * OutputStride, OutputStride), mean);
        }

        TensorPrimitives.Multiply(mean, 1f / rows, mean);
    }
}
