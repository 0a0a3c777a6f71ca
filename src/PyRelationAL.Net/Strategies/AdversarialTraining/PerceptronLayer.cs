using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>A linear layer y = W x + b with what Adam keeps of its gradients (Kingma and Ba, ICLR 2015; β₁ = 0.9, β₂ = 0.999, ε = 1e-8).</summary>
internal sealed class PerceptronLayer
{
    private readonly double[] _gradient;
    private readonly double[] _mean;
    private readonly double[] _square;

    /// <summary>Weights from a normal law of variance 2/width (He et al., ICCV 2015), biases 0.</summary>
    public PerceptronLayer(int inputs, int outputs, RandomStream random)
    {
        Inputs = inputs;
        Outputs = outputs;
        Parameters = new double[(outputs * inputs) + outputs];
        _gradient = new double[Parameters.Length];
        _mean = new double[Parameters.Length];
        _square = new double[Parameters.Length];
        double scale = Math.Sqrt(2.0 / inputs);
        for (int i = 0; i < outputs * inputs; i++)
        {
            Parameters[i] = scale * random.NextGaussian();
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>W [outputs×inputs], and behind it b.</summary>
    public double[] Parameters { get; }

    /// <summary>What has been summed up since the last step.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    private ReadOnlySpan<double> Biases => Parameters.AsSpan(Outputs * Inputs);

    /// <summary>W x + b of each row, or W x.</summary>
    public double[] Apply(double[] rows, int count, bool withBiases)
    {
        var result = new double[count * Outputs];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = rows.AsSpan(i * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                result[(i * Outputs) + o] =
                    TensorPrimitives.Dot(x, Parameters.AsSpan(o * Inputs, Inputs)) + (withBiases ? Biases[o] : 0);
            }
        }

        return result;
    }

    /// <summary>The gradient by the inputs of each row.</summary>
    public double[] Pull(double[] outputGradient, int count)
    {
        var result = new double[count * Inputs];
        for (int i = 0; i < count; i++)
        {
            Span<double> x = result.AsSpan(i * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                TensorPrimitives.MultiplyAdd(Parameters.AsSpan(o * Inputs, Inputs), outputGradient[(i * Outputs) + o], x, x);
            }
        }

        return result;
    }

    /// <summary>Adds to the gradient by the parameters.</summary>
    public void Accumulate(double[] inputs, double[] outputGradient, int count, bool withBiases)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = inputs.AsSpan(i * Inputs, Inputs);
            for (int o = 0; o < Outputs; o++)
            {
                double g = outputGradient[(i * Outputs) + o];
                Span<double> sum = _gradient.AsSpan(o * Inputs, Inputs);
                TensorPrimitives.MultiplyAdd(x, g, sum, sum);
                _gradient[(Outputs * Inputs) + o] += withBiases ? g : 0;
            }
        }
    }

    /// <summary>A step of Adam; the gradient begins anew.</summary>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="learningRate">How far.</param>
    public void Step(int step, double learningRate)
    {
        double first = 1 - Math.Pow(0.9, step), second = 1 - Math.Pow(0.999, step);
        for (int i = 0; i < Parameters.Length; i++)
        {
            double g = _gradient[i];
            _mean[i] = (0.9 * _mean[i]) + (0.1 * g);
            _square[i] = (0.999 * _square[i]) + (0.001 * g * g);
            Parameters[i] -= learningRate * (_mean[i] / first) / (Math.Sqrt(_square[i] / second) + 1e-8);
        }

        Array.Clear(_gradient);
    }
}
