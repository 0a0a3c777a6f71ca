using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

internal sealed class SgdState(SgdOptimiser options, int parameterCount) : OptimiserState
{
    private readonly float[] _velocity = new float[parameterCount];

    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Vector<float> momentum = new((float)options.Momentum), rate = new(-(float)learningRate);
        for (int i = 0; i < _velocity.Length; i += Vector<float>.Count)
        {
            Span<float> velocityPart = _velocity.AsSpan(i), part = parameters[i..];
            Vector<float> g = new(gradient[i..]);
            Vector<float> velocity = Vector.FusedMultiplyAdd(momentum, new Vector<float>(velocityPart), g);
            velocity.CopyTo(velocityPart);
            Vector<float> direction = options.Nesterov ? Vector.FusedMultiplyAdd(momentum, velocity, g) : velocity;
            Vector.FusedMultiplyAdd(rate, direction, new Vector<float>(part)).CopyTo(part);
        }
    }
}
