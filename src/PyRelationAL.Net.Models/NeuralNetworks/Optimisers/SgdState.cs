using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

internal sealed class SgdState(SgdOptimiser options, int parameterCount) : OptimiserState
{
    private readonly float[] _velocity = new float[parameterCount];

    private float _rate;

    public override void Begin(double learningRate) => _rate = -(float)learningRate;

    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int start, int count)
    {
        Vector<float> momentum = new((float)options.Momentum), rate = new(_rate);
        for (int i = start; i < start + count; i += Vector<float>.Count)
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
