using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// A small network of a strategy's own: outputs = V max(W x + b, 0) + c, trained by Adam (Kingma and Ba, ICLR 2015). It lives for one query, in double, on
/// one thread; the networks that are queried for are those of the models.
/// </summary>
internal sealed class DenseNetwork
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Smallest = 1e-8;

    // W [H×D], b [H], V [K×H], c [K].
    private readonly double[] _parameters;
    private readonly double[] _gradient;
    private readonly double[] _first;
    private readonly double[] _second;
    private int _steps;

    /// <summary>Weights and biases are uniform in ±1/√(inputs of their layer).</summary>
    public DenseNetwork(int inputs, int hidden, int outputs, RandomStream random)
    {
        Inputs = inputs;
        Hidden = hidden;
        Outputs = outputs;
        _parameters = new double[checked((hidden * (inputs + 1)) + (outputs * (hidden + 1)))];
        _gradient = new double[_parameters.Length];
        _first = new double[_parameters.Length];
        _second = new double[_parameters.Length];
        for (int i = 0; i < _parameters.Length; i++)
        {
            double bound = 1 / Math.Sqrt(Math.Max(1, i < SecondLayer ? inputs : hidden));
            _parameters[i] = bound * ((2 * random.NextDouble()) - 1);
        }
    }

    public int Inputs { get; }

    public int Hidden { get; }

    public int Outputs { get; }

    /// <summary>All parameters, for tests.</summary>
    public Span<double> Parameters => _parameters;

    /// <summary>The gradient that <see cref="Backward"/> left.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    private int SecondLayer => Hidden * (Inputs + 1);

    /// <summary>The outputs for rows, and the activations of the hidden layer.</summary>
    /// <param name="rows">Any number of rows of D values.</param>
    /// <param name="hidden">H values to write for each.</param>
    /// <param name="outputs">K values to write for each.</param>
    public void Forward(ReadOnlySpan<double> rows, Span<double> hidden, Span<double> outputs)
    {
        int count = outputs.Length / Outputs;
        Layer(rows[..(count * Inputs)], count, _parameters.AsSpan(0, SecondLayer), hidden[..(count * Hidden)]);
        TensorPrimitives.Max(hidden[..(count * Hidden)], 0, hidden[..(count * Hidden)]);
        Layer(hidden[..(count * Hidden)], count, _parameters.AsSpan(SecondLayer), outputs);
    }

    /// <summary>The outputs for many rows, in parallel.</summary>
    public double[] Predict(double[] rows, int threads, CancellationToken cancellationToken)
    {
        int count = rows.Length / Inputs;
        var outputs = new double[count * Outputs];
        Blocks.ForEach(
            count,
            threads,
            cancellationToken,
            (start, rowCount) => Forward(
                rows.AsSpan(start * Inputs, rowCount * Inputs), new double[rowCount * Hidden], outputs.AsSpan(start * Outputs, rowCount * Outputs)),
            blockRows: 256);
        return outputs;
    }

    /// <summary>The gradient of a loss by the parameters, from its gradient by the outputs.</summary>
    public void Backward(ReadOnlySpan<double> rows, ReadOnlySpan<double> hidden, ReadOnlySpan<double> outputGradient)
    {
        int count = outputGradient.Length / Outputs, weights = Hidden * Inputs, second = SecondLayer, biases = second + (Outputs * Hidden);
        MatrixProduct.MultiplyTransposed(outputGradient, Outputs, count, hidden[..(count * Hidden)], Hidden, _gradient.AsSpan(second, Outputs * Hidden));
        Sums(outputGradient, Outputs, _gradient.AsSpan(biases, Outputs));
        var below = new double[count * Hidden];
        MatrixProduct.Multiply(outputGradient, count, Outputs, _parameters.AsSpan(second, Outputs * Hidden), Hidden, below);
        for (int i = 0; i < below.Length; i++)
        {
            below[i] = hidden[i] > 0 ? below[i] : 0;
        }

        MatrixProduct.MultiplyTransposed(below, Hidden, count, rows[..(count * Inputs)], Inputs, _gradient.AsSpan(0, weights));
        Sums(below, Hidden, _gradient.AsSpan(weights, Hidden));
    }

    /// <summary>One step of Adam against the gradient.</summary>
    public void Step(double learningRate)
    {
        _steps++;
        double rate = learningRate / (1 - Math.Pow(FirstDecay, _steps)), scale = 1 / (1 - Math.Pow(SecondDecay, _steps));
        for (int i = 0; i < _parameters.Length; i++)
        {
            double g = _gradient[i];
            _first[i] = (FirstDecay * _first[i]) + ((1 - FirstDecay) * g);
            _second[i] = (SecondDecay * _second[i]) + ((1 - SecondDecay) * g * g);
            _parameters[i] -= rate * _first[i] / (Math.Sqrt(scale * _second[i]) + Smallest);
        }
    }

    /// <summary>A layer's weights [units×inputs] and biases behind them, applied to rows.</summary>
    private static void Layer(ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> parameters, Span<double> outputs)
    {
        int units = count == 0 ? 0 : outputs.Length / count, inputs = count == 0 ? 0 : rows.Length / count;
        MatrixProduct.MultiplyByTransposed(rows, count, inputs, parameters[..(units * inputs)], units, outputs);
        ReadOnlySpan<double> biases = parameters.Slice(units * inputs, units);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = outputs.Slice(i * units, units);
            TensorPrimitives.Add(row, biases, row);
        }
    }

    /// <summary>The sums of the columns.</summary>
    private static void Sums(ReadOnlySpan<double> rows, int columns, Span<double> sums)
    {
        sums.Clear();
        for (int start = 0; start < rows.Length; start += columns)
        {
            TensorPrimitives.Add(sums, rows.Slice(start, columns), sums);
        }
    }
}
