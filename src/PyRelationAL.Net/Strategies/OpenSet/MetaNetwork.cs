using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Φ of MQ-Net, two inputs to one output: Σ max(v, 0) σ(max(W, 0) x + b) + c over the hidden units. Weights that act as at least 0 make it never fall in
/// either input (the skyline constraint).
/// </summary>
internal sealed class MetaNetwork
{
    public const int Inputs = 2;

    // W [2×H], b [H], v [H], c.
    private readonly double[] _parameters;
    private readonly int _hidden;

    /// <summary>All parameters are uniform in [0, 1).</summary>
    public MetaNetwork(int hidden, RandomStream random)
    {
        _hidden = hidden;
        _parameters = new double[((Inputs + 2) * hidden) + 1];
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = random.NextDouble();
        }
    }

    /// <summary>All parameters, for tests.</summary>
    public Span<double> Parameters => _parameters;

    private int Biases => Inputs * _hidden;

    private int Second => (Inputs + 1) * _hidden;

    public double Output(double informativeness, double purity) =>
        Output((informativeness, purity), new double[_hidden], new double[_hidden]);

    /// <summary>
    /// One step of gradient descent on the mean, over the pairs (i, B − 1 − i), of max(0, −sgn(lᵢ − lⱼ)(Φᵢ − Φⱼ) + ξ); pairs of equal losses, such as two
    /// items of no class, have no order and take no part.
    /// </summary>
    /// <param name="inputs">B pairs of informativeness and purity.</param>
    /// <param name="losses">B losses.</param>
    /// <param name="margin">ξ.</param>
    /// <param name="rate">The learning rate.</param>
    public void Step(ReadOnlySpan<(double Informativeness, double Purity)> inputs, ReadOnlySpan<double> losses, double margin, double rate)
    {
        double[] gradient = new double[_parameters.Length], buffer = new double[_hidden];
        double[] activations = new double[losses.Length * _hidden], outputs = new double[losses.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Output(inputs[i], activations.AsSpan(i * _hidden, _hidden), buffer);
        }

        int pairs = losses.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            int j = losses.Length - 1 - i, sign = losses[i].CompareTo(losses[j]);
            if (sign != 0 && margin > sign * (outputs[i] - outputs[j]))
            {
                AddGradient(inputs[i], activations.AsSpan(i * _hidden, _hidden), -sign / (double)pairs, gradient, buffer);
                AddGradient(inputs[j], activations.AsSpan(j * _hidden, _hidden), sign / (double)pairs, gradient, buffer);
            }
        }

        // A weight below 0 acts as 0: what moves it is 0 too.
        MaskWhereNegative(gradient, 0, Biases);
        MaskWhereNegative(gradient, Second, _hidden);
        TensorPrimitives.MultiplyAdd(gradient, -rate, _parameters, _parameters);
    }

    /// <summary>Φ, and the activations of the hidden units.</summary>
    private double Output((double Informativeness, double Purity) input, Span<double> activations, Span<double> buffer)
    {
        _parameters.AsSpan(Biases, _hidden).CopyTo(activations);
        TensorPrimitives.Max(_parameters.AsSpan(0, _hidden), 0, buffer);
        TensorPrimitives.MultiplyAdd(buffer, input.Informativeness, activations, activations);
        TensorPrimitives.Max(_parameters.AsSpan(_hidden, _hidden), 0, buffer);
        TensorPrimitives.MultiplyAdd(buffer, input.Purity, activations, activations);
        TensorPrimitives.Sigmoid(activations, activations);
        TensorPrimitives.Max(_parameters.AsSpan(Second, _hidden), 0, buffer);
        return _parameters[^1] + TensorPrimitives.Dot<double>(buffer, activations);
    }

    private void AddGradient(
        (double Informativeness, double Purity) input, ReadOnlySpan<double> activations, double weight, Span<double> gradient, Span<double> below)
    {
        gradient[^1] += weight;
        Span<double> second = gradient.Slice(Second, _hidden), biases = gradient.Slice(Biases, _hidden);
        TensorPrimitives.MultiplyAdd(activations, weight, second, second);
        TensorPrimitives.Max(_parameters.AsSpan(Second, _hidden), 0, below);
        TensorPrimitives.Multiply(below, weight, below);
        TensorPrimitives.Multiply(below, activations, below);
        for (int h = 0; h < below.Length; h++)
        {
            below[h] *= 1 - activations[h];
        }

        TensorPrimitives.Add(biases, below, biases);
        TensorPrimitives.MultiplyAdd(below, input.Informativeness, gradient[.._hidden], gradient[.._hidden]);
        TensorPrimitives.MultiplyAdd(below, input.Purity, gradient.Slice(_hidden, _hidden), gradient.Slice(_hidden, _hidden));
    }

    private void MaskWhereNegative(Span<double> gradient, int start, int count)
    {
        for (int k = start; k < start + count; k++)
        {
            gradient[k] = _parameters[k] > 0 ? gradient[k] : 0;
        }
    }
}
