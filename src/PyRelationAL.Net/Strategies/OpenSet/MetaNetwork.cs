using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Φ of MQ-Net, two inputs to one output: Σ max(v, 0) σ(max(W, 0) x + b) + c over the hidden units. Weights that act as at least 0 make it never fall in
/// either input (the skyline constraint). Its units are too unlike those of <see cref="SmallNetwork"/> to be one of them.
/// </summary>
internal sealed class MetaNetwork
{
    public const int Inputs = 2;

    // W [2×H], b [H], v [H], c; and in the same places as they act.
    private readonly double[] _parameters;
    private readonly double[] _acting;
    private readonly double[] _gradient;
    private readonly int _hidden;

    // Informativeness, purity and 1 of each item, so that products with them take the biases along.
    private double[] _rows = [];
    private double[] _activations = [];
    private double[] _slopes = [];
    private double[] _outputs = [];
    private double[] _weights = [];

    /// <summary>All parameters are uniform in [0, 1).</summary>
    public MetaNetwork(int hidden, RandomStream random)
    {
        _hidden = hidden;
        _parameters = new double[((Inputs + 2) * hidden) + 1];
        _acting = new double[_parameters.Length];
        _gradient = new double[_parameters.Length];
        random.FillDouble(_parameters);
    }

    /// <summary>All parameters, for tests.</summary>
    public Span<double> Parameters => _parameters;

    private int Biases => Inputs * _hidden;

    private int Second => (Inputs + 1) * _hidden;

    /// <summary>Φ of each pair of informativeness and purity.</summary>
    public ReadOnlySpan<double> Outputs(ReadOnlySpan<(double Informativeness, double Purity)> inputs)
    {
        MakeRoom(inputs.Length);
        TensorPrimitives.Max(_parameters, 0, _acting);
        _parameters.AsSpan(Biases, _hidden).CopyTo(_acting.AsSpan(Biases));
        for (int i = 0; i < inputs.Length; i++)
        {
            (_rows[3 * i], _rows[(3 * i) + 1], _rows[(3 * i) + 2]) = (inputs[i].Informativeness, inputs[i].Purity, 1);
        }

        Span<double> activations = _activations.AsSpan(0, inputs.Length * _hidden);
        PackedProduct.Multiply(_rows, inputs.Length, Inputs + 1, _acting, _hidden, activations);
        TensorPrimitives.Sigmoid(activations, activations);
        for (int i = 0; i < inputs.Length; i++)
        {
            _outputs[i] = _parameters[^1] + TensorPrimitives.Dot<double>(_acting.AsSpan(Second, _hidden), _activations.AsSpan(i * _hidden, _hidden));
        }

        return _outputs.AsSpan(0, inputs.Length);
    }

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
        ReadOnlySpan<double> outputs = Outputs(inputs);
        int pairs = losses.Length / 2;
        Array.Clear(_weights);
        for (int i = 0; i < pairs; i++)
        {
            int j = losses.Length - 1 - i, sign = losses[i].CompareTo(losses[j]);
            if (sign != 0 && margin > sign * (outputs[i] - outputs[j]))
            {
                _weights[i] = -sign / (double)pairs;
                _weights[j] = -_weights[i];
            }
        }

        Descend(inputs.Length, rate);
    }

    /// <summary>Descends Σ wᵢ Φᵢ. σ′ = σ − σ², and max(v, 0) is common to all items.</summary>
    private void Descend(int count, double rate)
    {
        Span<double> activations = _activations.AsSpan(0, count * _hidden), slopes = _slopes.AsSpan(0, activations.Length);
        TensorPrimitives.Multiply(activations, activations, slopes);
        TensorPrimitives.Subtract(activations, slopes, slopes);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Multiply(_rows.AsSpan(3 * i, 3), weights[i], _rows.AsSpan(3 * i, 3));
        }

        PackedProduct.MultiplyTransposed(_rows, Inputs + 1, count, slopes, _hidden, _gradient);
        for (int start = 0; start < Second; start += _hidden)
        {
            Span<double> first = _gradient.AsSpan(start, _hidden);
            TensorPrimitives.Multiply(first, _acting.AsSpan(Second, _hidden), first);
        }

        Span<double> second = _gradient.AsSpan(Second, _hidden);
        PackedProduct.Multiply(weights, 1, count, activations, _hidden, second);
        _gradient[^1] = TensorPrimitives.Sum(weights);

        // A weight below 0 acts as 0: what moves it is 0 too.
        NetworkPass.SwitchOff(_gradient.AsSpan(0, Biases), _parameters);
        NetworkPass.SwitchOff(second, _parameters.AsSpan(Second));
        TensorPrimitives.MultiplyAdd(_gradient, -rate, _parameters, _parameters);
    }

    private void MakeRoom(int count)
    {
        if (_outputs.Length < count)
        {
            _rows = new double[(Inputs + 1) * count];
            _outputs = new double[count];
            _weights = new double[count];
            _activations = new double[count * _hidden];
            _slopes = new double[count * _hidden];
        }
    }
}
