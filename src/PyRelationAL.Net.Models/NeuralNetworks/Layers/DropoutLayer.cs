using System.Numerics.Tensors;
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

    private readonly int _threshold = Math.Clamp((int)Math.Round(probability * Levels), 0, Levels - 1);

    public override int KeptLength(int rows) => rows * OutputStride;

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output)
    {
        int length = pass.Rows * OutputStride;
        switch (pass.Mode)
        {
            case PassMode.Prediction:
                input[..length].CopyTo(output);
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
        float scale = (float)Levels / (Levels - _threshold);
        for (int j = 0; j < OutputWidth; j += 4)
        {
            ulong bits = random.NextUInt64();
            Span<float> four = mask.Slice(j, 4);
            four[0] = (ushort)bits >= _threshold ? scale : 0;
            four[1] = (ushort)(bits >> 16) >= _threshold ? scale : 0;
            four[2] = (ushort)(bits >> 32) >= _threshold ? scale : 0;
            four[3] = (ushort)(bits >> 48) >= _threshold ? scale : 0;
        }

        mask[OutputWidth..].Clear();
    }
}
