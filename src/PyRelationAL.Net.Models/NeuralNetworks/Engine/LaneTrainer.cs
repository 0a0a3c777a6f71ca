using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Trains up to <see cref="Lanes.Group"/> small networks on one problem as one computation, a network in each lane of the vectors; see
/// <see cref="LaneProduct"/>. Gives each the bits that <see cref="NetworkTrainer"/> gives it.
/// </summary>
internal sealed class LaneTrainer
{
    /// <summary>With fewer members than this, one after the other is as fast.</summary>
    public const int FewestMembers = 5;

    // Wider layers fill whole vectors by themselves.
    private const int WidestInput = 32;
    private const int WidestLayer = 16;

    private readonly NetworkProblem _problem;
    private readonly Network _network;
    private readonly RandomStream[] _orders;
    private readonly LaneMasks _masks;
    private readonly int[][] _items;
    private readonly float[][] _memberNumbers;
    private readonly int[] _starts;
    private readonly float[] _parameters;
    private readonly float[] _gradient;
    private readonly OptimiserState _optimiser;
    private readonly float[][] _values;
    private readonly float[][] _gradients;
    private readonly float[][] _kept;
    private readonly float[] _outputs;
    private readonly float[] _outputGradients;
    private readonly Layer _elementwise;

    private LaneTrainer(NetworkProblem problem, RandomStream[] streams)
    {
        _problem = problem;
        _network = problem.Network;
        _orders = [.. streams.Select(stream => stream.Child("order"))];
        _masks = new LaneMasks([.. streams.Select(stream => stream.Child("dropout"))]);
        _items = [.. streams.Select(_ => Enumerable.Range(0, problem.Count).ToArray())];
        _memberNumbers = [.. streams.Select(stream => _network.Initialise(stream.Child("initial weights")))];
        Layer[] layers = _network.Layers;
        _starts = new int[layers.Length + 1];
        int rows = Math.Min(problem.Options.BatchSize, problem.Count);
        _values = new float[layers.Length + 1][];
        _gradients = new float[layers.Length + 1][];
        _kept = new float[layers.Length][];
        _values[0] = new float[rows * _network.InputWidth * Lanes.Group];
        _gradients[0] = [];
        for (int i = 0; i < layers.Length; i++)
        {
            int size = rows * layers[i].OutputWidth * Lanes.Group;
            _starts[i + 1] = _starts[i] + (layers[i] is DenseLayer ? (layers[i].InputWidth + 1) * layers[i].OutputWidth * Lanes.Group : 0);
            _values[i + 1] = new float[size];
            _gradients[i + 1] = new float[size];
            _kept[i] = layers[i] is DropoutLayer ? new float[size] : [];
        }

        _parameters = new float[_starts[^1]];
        _gradient = new float[_starts[^1]];
        _optimiser = problem.Options.Optimiser.CreateState(_parameters.Length);
        _outputs = new float[rows * _network.OutputStride];
        _outputGradients = new float[rows * _network.OutputStride];
        _elementwise = NetworkBuilder.Activation(problem.Options.Activation, Lanes.Group);
        MoveNumbers(toLanes: true);
    }

    /// <summary>Whether the shape is one for which this is faster, and the training one that members share step by step.</summary>
    public static bool Suits(NetworkProblem problem) =>
        problem.Validation is null
        && problem.Options.Normalisation == NetworkNormalisation.None
        && problem.Network.InputWidth <= WidestInput
        && problem.Network.Layers.All(layer => layer.OutputWidth <= WidestLayer);

    public static TrainedNetwork[] Train(NetworkProblem problem, ReadOnlySpan<RandomStream> streams, CancellationToken cancellationToken)
    {
        if (streams.Length < FewestMembers)
        {
            var fits = new TrainedNetwork[streams.Length];
            for (int m = 0; m < fits.Length; m++)
            {
                fits[m] = NetworkTrainer.Train(problem, streams[m], threads: 1, cancellationToken);
            }

            return fits;
        }

        var trainer = new LaneTrainer(problem, streams.ToArray());
        trainer.Run(cancellationToken);
        trainer.MoveNumbers(toLanes: false);
        return [.. trainer._memberNumbers.Select(numbers =>
        {
            NetworkGuard.AllFinite(numbers, "A parameter of the network");
            return new TrainedNetwork(problem.Network, problem.InputScale, problem.TargetScale, numbers, problem.Options.Epochs);
        })];
    }

    private void Run(CancellationToken cancellationToken)
    {
        NeuralNetworkOptions options = _problem.Options;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            double learningRate = NetworkTrainer.LearningRate(options, epoch);
            for (int m = 0; m < _items.Length; m++)
            {
                _orders[m].Shuffle(_items[m].AsSpan());
            }

            for (int start = 0; start < _problem.Count; start += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Step(start, Math.Min(options.BatchSize, _problem.Count - start), learningRate);
            }
        }
    }

    private void Step(int start, int rows, double learningRate)
    {
        Gather(start, rows);
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            Forward(i, rows);
        }

        EvaluateLoss(start, rows);
        for (int i = _network.Layers.Length - 1; i >= 0; i--)
        {
            Backward(i, rows);
        }

        if (_problem.Options.WeightDecay > 0)
        {
            Decay(learningRate);
        }

        _optimiser.Begin(learningRate);
        _optimiser.Step(_parameters, _gradient, 0, _parameters.Length);
    }

    private void Gather(int start, int rows)
    {
        int width = _network.InputWidth, stride = Lanes.Stride(width);
        for (int m = 0; m < _items.Length; m++)
        {
            ReadOnlySpan<int> items = _items[m].AsSpan(start, rows);
            Span<float> destination = _values[0].AsSpan(m);
            for (int r = 0; r < items.Length; r++)
            {
                ToLane(_problem.Inputs.AsSpan(items[r] * stride, width), destination[(r * width * Lanes.Group)..]);
            }
        }
    }

    private void Forward(int index, int rows)
    {
        Layer layer = _network.Layers[index];
        int inputs = layer.InputWidth, outputs = layer.OutputWidth;
        float[] input = _values[index], output = _values[index + 1];
        switch (layer)
        {
            case DenseLayer:
                ReadOnlySpan<float> parameters = _parameters.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
                LaneProduct.Multiply(input, inputs, 1, parameters, outputs, 1, parameters[(inputs * outputs * Lanes.Group)..], output, rows, inputs, outputs);
                break;
            case DropoutLayer dropout:
                _masks.Draw(dropout, rows, _kept[index]);
                int length = rows * outputs * Lanes.Group;
                TensorPrimitives.Multiply(input.AsSpan(0, length), _kept[index].AsSpan(0, length), output);
                break;
            default:
                _elementwise.Forward(Pass(rows * outputs), input, output);
                break;
        }
    }

    private void Backward(int index, int rows)
    {
        Layer layer = _network.Layers[index];
        int inputs = layer.InputWidth, outputs = layer.OutputWidth;
        float[] gradient = _gradients[index + 1], inputGradient = _gradients[index];
        switch (layer)
        {
            case DenseLayer:
                Span<float> parameterGradient = _gradient.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
                LaneProduct.Multiply(_values[index], 1, inputs, gradient, outputs, 1, [], parameterGradient, inputs, rows, outputs);
                Span<float> bias = parameterGradient[(inputs * outputs * Lanes.Group)..];
                gradient.AsSpan(0, bias.Length).CopyTo(bias);
                for (int r = 1; r < rows; r++)
                {
                    TensorPrimitives.Add(bias, gradient.AsSpan(r * bias.Length, bias.Length), bias);
                }

                if (index > 0)
                {
                    LaneProduct.Multiply(
                        gradient, outputs, 1, _parameters.AsSpan(_starts[index]), 1, outputs, [], inputGradient, rows, outputs, inputs);
                }

                break;
            case DropoutLayer:
                int length = rows * outputs * Lanes.Group;
                TensorPrimitives.Multiply(gradient.AsSpan(0, length), _kept[index].AsSpan(0, length), inputGradient);
                break;
            default:
                _elementwise.Backward(Pass(rows * outputs), _values[index], _values[index + 1], gradient, inputGradient, []);
                break;
        }
    }

    private void EvaluateLoss(int start, int rows)
    {
        int width = _network.OutputWidth, stride = _network.OutputStride;
        Span<float> outputs = _outputs.AsSpan(0, rows * stride), gradient = _outputGradients.AsSpan(0, rows * stride);
        for (int m = 0; m < _items.Length; m++)
        {
            ReadOnlySpan<float> lane = _values[^1].AsSpan(m);
            for (int r = 0; r < rows; r++)
            {
                for (int j = 0; j < width; j++)
                {
                    outputs[(r * stride) + j] = lane[((r * width) + j) * Lanes.Group];
                }
            }

            NetworkTrainer.Finite(_problem.Loss.Evaluate(_items[m].AsSpan(start, rows), outputs, stride, gradient));
            for (int r = 0; r < rows; r++)
            {
                ToLane(gradient.Slice(r * stride, width), _gradients[^1].AsSpan((r * width * Lanes.Group) + m));
            }
        }
    }

    private void Decay(double learningRate)
    {
        double decay = _problem.Options.WeightDecay;
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            int count = _network.Layers[i] is DenseLayer ? _network.Layers[i].InputWidth * _network.Layers[i].OutputWidth * Lanes.Group : 0;
            NetworkTrainer.Decay(_parameters.AsSpan(_starts[i], count), _gradient.AsSpan(_starts[i], count), _problem.Options.Optimiser, decay, learningRate);
        }
    }

    private void MoveNumbers(bool toLanes)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            Layer layer = _network.Layers[i];
            for (int m = 0; m < _memberNumbers.Length && layer is DenseLayer; m++)
            {
                Span<float> own = _network.Parameters(i, _memberNumbers[m]), lane = _parameters.AsSpan(_starts[i] + m);
                for (int at = 0; at < (layer.InputWidth + 1) * layer.OutputWidth; at++)
                {
                    ref float number = ref own[(at / layer.OutputWidth * layer.OutputStride) + (at % layer.OutputWidth)];
                    if (toLanes)
                    {
                        lane[at * Lanes.Group] = number;
                    }
                    else
                    {
                        number = lane[at * Lanes.Group];
                    }
                }
            }
        }
    }

    private static void ToLane(ReadOnlySpan<float> source, Span<float> lane)
    {
        // Without bounds checks, which would double the time of these scattered writes.
        _ = lane[(source.Length - 1) * Lanes.Group];
        ref float target = ref MemoryMarshal.GetReference(lane);
        foreach (float number in source)
        {
            target = number;
            target = ref Unsafe.Add(ref target, Lanes.Group);
        }
    }

    private static LayerPass Pass(int rows) => new()
    {
        Rows = rows,
        Mode = PassMode.Training,
        Parameters = [],
        Statistics = [],
        Kept = [],
        Scratch = [],
    };
}
