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

    private ReadOnlySpan<double> Weights => Parameters.AsSpan(0, Outputs * Inputs);

    private ReadOnlySpan<double> Biases => Parameters.AsSpan(Outputs * Inputs);

    /// <summary>W x + b of each row, or W x.</summary>
    public double[] Apply(double[] rows, int count, bool withBiases)
    {
        var result = new double[count * Outputs];
        MatrixProduct.MultiplyByTransposed(rows.AsSpan(0, count * Inputs), count, Inputs, Weights, Outputs, result);
        for (int i = 0; i < count && withBiases; i++)
        {
            Span<double> row = result.AsSpan(i * Outputs, Outputs);
            TensorPrimitives.Add(row, Biases, row);
        }

        return result;
    }

    /// <summary>The gradient by the inputs of each row.</summary>
    public double[] Pull(double[] outputGradient, int count)
    {
        var result = new double[count * Inputs];
        MatrixProduct.Multiply(outputGradient.AsSpan(0, count * Outputs), count, Outputs, Weights, Inputs, result);
        return result;
    }

    /// <summary>Adds to the gradient by the parameters.</summary>
    public void Accumulate(double[] inputs, double[] outputGradient, int count, bool withBiases)
    {
        var added = new double[Outputs * Inputs];
        MatrixProduct.MultiplyTransposed(
            outputGradient.AsSpan(0, count * Outputs), Outputs, count, inputs.AsSpan(0, count * Inputs), Inputs, added);
        Span<double> weights = _gradient.AsSpan(0, added.Length), biases = _gradient.AsSpan(added.Length);
        TensorPrimitives.Add(weights, added, weights);
        for (int i = 0; i < count && withBiases; i++)
        {
            TensorPrimitives.Add(biases, outputGradient.AsSpan(i * Outputs, Outputs), biases);
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
