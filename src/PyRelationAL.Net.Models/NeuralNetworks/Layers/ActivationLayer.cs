using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Applies a function to each element.</summary>
internal sealed class ActivationLayer<TActivation>(int width) : Layer(width, width)
    where TActivation : struct, IActivation
{
    public override bool GivesActivations => true;

    public override void Forward(in LayerPass pass, ReadOnlySpan<float> input, Span<float> output)
    {
        int length = pass.Rows * OutputStride;
        input = input[..length];
        output = output[..length];
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            TActivation.Value(new Vector<float>(input[i..])).CopyTo(output[i..]);
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
        if (inputGradient.IsEmpty)
        {
            return;
        }

        int length = pass.Rows * OutputStride;
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<float> derivative = TActivation.Derivative(new Vector<float>(input[i..]), new Vector<float>(output[i..]));
            (new Vector<float>(outputGradient[i..]) * derivative).CopyTo(inputGradient[i..]);
        }
    }
}
