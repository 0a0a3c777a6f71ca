using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// A small network of a strategy's own: linear layers y = W x + b with ReLU between them, trained by Adam (Kingma and Ba, ICLR 2015). It lives for one run at
/// most, in double, on one thread: equal streams give equal bits. What passes through it lies in a <see cref="NetworkPass"/>; with one each, several threads
/// may predict.
/// </summary>
internal sealed class SmallNetwork
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Smallest = 1e-8;

    private readonly int[] _widths;
    private readonly int[] _starts;
    private readonly double[] _parameters;
    private readonly double[] _gradient;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _change;
    private int _steps;

    /// <summary>Weights and biases are uniform in ±1/√(inputs of their layer), as PyTorch draws them.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="widths">Inputs, hidden layers, outputs.</param>
    public SmallNetwork(RandomStream random, params int[] widths)
    {
        _widths = widths;
        _starts = new int[widths.Length];
        for (int l = 1; l < widths.Length; l++)
        {
            _starts[l] = checked(_starts[l - 1] + (widths[l] * (widths[l - 1] + 1)));
        }

        _parameters = new double[_starts[^1]];
        _gradient = new double[_parameters.Length];
        _first = new double[_parameters.Length];
        _second = new double[_parameters.Length];
        _change = new double[_parameters.Length];
        for (int l = 0; l < LayerCount; l++)
        {
            double bound = 1 / Math.Sqrt(Math.Max(1, widths[l]));
            for (int i = _starts[l]; i < _starts[l + 1]; i++)
            {
                _parameters[i] = bound * ((2 * random.NextDouble()) - 1);
            }
        }
    }

    /// <summary>Inputs, hidden layers, outputs.</summary>
    public ReadOnlySpan<int> Widths => _widths;

    public int Inputs => _widths[0];

    public int Outputs => _widths[^1];

    /// <summary>For each layer W [outputs×inputs], and behind it b.</summary>
    public Span<double> Parameters => _parameters;

    /// <summary>By the parameters, as the last call that learned left it.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    private int LayerCount => _widths.Length - 1;

    /// <summary>Takes the inputs of a pass to its outputs.</summary>
    public void Forward(NetworkPass pass)
    {
        for (int l = 0; l < LayerCount; l++)
        {
            Span<double> outputs = pass.Values(l + 1);
            Apply(l, pass.Values(l), pass.Count, outputs);
            ReadOnlySpan<double> biases = Biases(_parameters, l);
            for (int start = 0; start < outputs.Length; start += biases.Length)
            {
                Span<double> row = outputs.Slice(start, biases.Length);
                TensorPrimitives.Add(row, biases, row);
            }

            if (l < LayerCount - 1)
            {
                TensorPrimitives.Max(outputs, 0, outputs);
            }
        }
    }

    /// <summary>Takes the gradient by the outputs of a pass down to the parameters, which are to learn from it, or to the inputs, or to both.</summary>
    /// <param name="pass">What <see cref="Forward"/> was called with, and the gradient by its outputs.</param>
    /// <param name="learn">Whether to write the gradient by the parameters.</param>
    /// <param name="toInputs">Whether to write the gradient by the inputs.</param>
    /// <param name="byHidden">A gradient by the last hidden layer's values to add to what the outputs ask of it; empty for none.</param>
    public void Backward(NetworkPass pass, bool learn, bool toInputs, ReadOnlySpan<double> byHidden = default)
    {
        for (int l = LayerCount - 1; l >= 0; l--)
        {
            Span<double> above = pass.Gradients(l + 1);
            if (learn)
            {
                Learn(l, pass.Values(l), above, pass.Ones);
            }

            if (l == 0 && !toInputs)
            {
                return;
            }

            Span<double> below = pass.Gradients(l);
            PackedProduct.Multiply(above, pass.Count, _widths[l + 1], Weights(_parameters, l), _widths[l], below);
            if (l == LayerCount - 1 && !byHidden.IsEmpty)
            {
                TensorPrimitives.Add(below, byHidden, below);
            }

            if (l > 0)
            {
                NetworkPass.SwitchOff(below, pass.Values(l));
            }
        }
    }

    /// <summary>
    /// Writes the gradient by the parameters of Σᵢ vᵢ f(xᵢ) + wᵢ dᵢ·∇ₓ f(xᵢ), f the only output: what a penalty on a network's gradients needs. With ReLU, ∇f
    /// is a product of the weights of the units that are on, d·∇f is a pass of d through these without biases, and both parts come down by one way.
    /// </summary>
    /// <param name="pass">One that has come down with gradients of 1 by the outputs.</param>
    /// <param name="tangents">d as its inputs; the rest is overwritten.</param>
    /// <param name="outputWeights">v, one for each row.</param>
    /// <param name="weights">w, one for each row.</param>
    public void LearnFromSlopes(NetworkPass pass, NetworkPass tangents, ReadOnlySpan<double> outputWeights, ReadOnlySpan<double> weights)
    {
        for (int l = 0; l < LayerCount; l++)
        {
            Span<double> tangent = tangents.Values(l), mixed = tangents.Gradients(l);
            ReadOnlySpan<double> values = pass.Values(l);
            int width = _widths[l];
            for (int i = 0; i < pass.Count; i++)
            {
                Span<double> row = mixed.Slice(i * width, width);
                TensorPrimitives.Multiply(values.Slice(i * width, width), outputWeights[i], row);
                TensorPrimitives.MultiplyAdd(tangent.Slice(i * width, width), weights[i], row, row);
            }

            Learn(l, mixed, pass.Gradients(l + 1), outputWeights);
            if (l < LayerCount - 1)
            {
                Apply(l, tangent, pass.Count, tangents.Values(l + 1));
                NetworkPass.SwitchOff(tangents.Values(l + 1), pass.Values(l + 1));
            }
        }
    }

    /// <summary>One step of Adam against the gradient.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        TensorPrimitives.Subtract(_gradient, _first, _change);
        TensorPrimitives.MultiplyAdd(_change, 1 - FirstDecay, _first, _first);
        TensorPrimitives.Multiply(_gradient, _gradient, _change);
        TensorPrimitives.Subtract(_change, _second, _change);
        TensorPrimitives.MultiplyAdd(_change, 1 - SecondDecay, _second, _second);
        TensorPrimitives.Multiply(_second, 1 / (1 - Math.Pow(SecondDecay, _steps)), _change);
        TensorPrimitives.Sqrt(_change, _change);
        TensorPrimitives.Add(_change, Smallest, _change);
        TensorPrimitives.Divide(_first, _change, _change);
        TensorPrimitives.MultiplyAdd(_change, -learningRate / (1 - Math.Pow(FirstDecay, _steps)), _parameters, _parameters);
    }

    private void Apply(int layer, ReadOnlySpan<double> rows, int count, Span<double> outputs) =>
        PackedProduct.MultiplyByTransposed(rows, count, _widths[layer], Weights(_parameters, layer), _widths[layer + 1], outputs);

    /// <summary>The gradient by a layer's weights and biases, from that by its outputs; for the biases each row counts for what its weight says.</summary>
    private void Learn(int layer, ReadOnlySpan<double> rows, ReadOnlySpan<double> above, ReadOnlySpan<double> weights)
    {
        PackedProduct.MultiplyTransposed(above, _widths[layer + 1], weights.Length, rows, _widths[layer], Weights(_gradient, layer));
        PackedProduct.Multiply(weights, 1, weights.Length, above, _widths[layer + 1], Biases(_gradient, layer));
    }

    private Span<double> Weights(double[] parameters, int layer) => parameters.AsSpan(_starts[layer], _widths[layer + 1] * _widths[layer]);

    private Span<double> Biases(double[] parameters, int layer) => parameters.AsSpan(_starts[layer + 1] - _widths[layer + 1], _widths[layer + 1]);
}
