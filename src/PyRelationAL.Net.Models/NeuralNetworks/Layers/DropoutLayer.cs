using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Sets each unit to 0 with the given probability and scales the others by 1/(1 − probability), in training and in sampled predictions (Srivastava et al.,
/// JMLR 2014). The probability is rounded to a multiple of 2⁻¹⁶: one draw of 64 bits decides on four units.
/// </summary>
/// <param name="width">Units.</param>
/// <param name="probability">In (0, 1).</param>
/// <param name="index">Which dropout layer of the network this is; each draws its shared masks from a stream of its own.</param>
internal sealed class DropoutLayer(int width, double probability, int index) : Layer(width, width)
{
    private const int Levels = 1 << 16;

    /// <summary>A unit is kept where 16 random bits are at least this.</summary>
    public int Threshold { get; } = Math.Clamp((int)Math.Round(probability * Levels), 0, Levels - 1);

    /// <summary>What a unit that is kept is multiplied by.</summary>
    public float Scale => (float)Levels / (Levels - Threshold);

    public override int KeptLength(int rows) => rows * OutputStride;

    public override void Draw(in LayerPass pass)
    {
        switch (pass.Mode)
        {
            case PassMode.Prediction:
                return;
            case PassMode.SharedMasks:
                DrawRow(pass.Kept[..OutputStride], pass.Random!.Child(index));
                for (int r = 1; r < pass.Rows; r++)
                {
                    pass.Kept[..OutputStride].CopyTo(pass.Kept[(r * OutputStride)..]);
                }

                break;
            default:
                for (int r = 0; r < pass.Rows; r++)
                {
                    DrawRow(pass.Kept.Slice(r * OutputStride, OutputStride), pass.Random!);
                }

                break;
        }
    }

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output)
    {
        int length = pass.Rows * OutputStride;
        if (pass.Mode == PassMode.Prediction)
        {
            input[..length].CopyTo(output);
            return;
        }

        TensorPrimitives.Multiply(input[..length], pass.Kept[..length], output);
    }

    public override void Backward(
        in LayerPass pass,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        Span<float> parameterGradient)
    {
        if (!inputGradient.IsEmpty)
        {
            int length = pass.Rows * OutputStride;
            if (pass.Mode == PassMode.Prediction)
            {
                outputGradient[..length].CopyTo(inputGradient);
                return;
            }

            TensorPrimitives.Multiply(outputGradient[..length], pass.Kept[..length], inputGradient);
        }
    }

    private void DrawRow(Span<float> mask, RandomStream random)
    {
        Vector128<float> scale = Vector128.Create(Scale);
        Vector128<int> threshold = Vector128.Create(Threshold);
        for (int j = 0; j < OutputWidth; j += 4)
        {
            // The lowest 16 bits decide on the first unit.
            Vector128<int> four = Vector128.WidenLower(Vector128.CreateScalar(random.NextUInt64()).AsUInt16()).AsInt32();
            (Vector128.GreaterThanOrEqual(four, threshold).AsSingle() & scale).CopyTo(mask[j..]);
        }

        mask[OutputWidth..].Clear();
    }
}
