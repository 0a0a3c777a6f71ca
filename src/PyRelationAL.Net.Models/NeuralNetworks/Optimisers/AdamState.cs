using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

internal sealed class AdamState(double firstDecay, double secondDecay, double epsilon, int parameterCount) : OptimiserState
{
    private readonly float[] _mean = new float[parameterCount];
    private readonly float[] _square = new float[parameterCount];
    private double _firstPower = 1;
    private double _secondPower = 1;
    private float _rate;
    private float _floor;

    public override void Begin(double learningRate)
    {
        _firstPower *= firstDecay;
        _secondPower *= secondDecay;
        // η m̂/(√v̂ + ε) = (η √c₂/c₁) m/(√v + ε √c₂) with c the corrections: one division in place of three.
        double correction = Math.Sqrt(1 - _secondPower);
        _rate = -(float)(learningRate * correction / (1 - _firstPower));
        _floor = (float)(epsilon * correction);
    }

    public override void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int start, int count)
    {
        Vector<float> rate = new(_rate), floor = new(_floor);
        Vector<float> keepMean = new((float)firstDecay), keepSquare = new((float)secondDecay);
        Vector<float> newMean = new((float)(1 - firstDecay)), newSquare = new((float)(1 - secondDecay));
        Span<float> means = _mean.AsSpan(start, count), squares = _square.AsSpan(start, count);
        parameters = parameters.Slice(start, count);
        gradient = gradient.Slice(start, count);
        for (int i = 0; i < means.Length; i += Vector<float>.Count)
        {
            Vector<float> g = new(gradient[i..]);
            Vector<float> m = Vector.FusedMultiplyAdd(keepMean, new Vector<float>(means[i..]), newMean * g);
            Vector<float> v = Vector.FusedMultiplyAdd(keepSquare, new Vector<float>(squares[i..]), newSquare * g * g);
            m.CopyTo(means[i..]);
            v.CopyTo(squares[i..]);
            Vector<float> p = Vector.FusedMultiplyAdd(rate, m / (Vector.SquareRoot(v) + floor), new Vector<float>(parameters[i..]));
            p.CopyTo(parameters[i..]);
        }
    }
}
