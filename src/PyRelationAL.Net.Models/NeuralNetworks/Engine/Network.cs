using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// The shape of a feed-forward network: its layers and where each finds its numbers. Immutable; the numbers themselves are one array for each network, the
/// trainable parameters of all layers first, then the running statistics.
/// </summary>
internal sealed class Network
{
    private readonly int[] _parameterStarts;
    private readonly int[] _statisticStarts;

    public Network(IReadOnlyList<Layer> layers)
    {
        Layers = [.. layers];
        _parameterStarts = new int[Layers.Length];
        _statisticStarts = new int[Layers.Length];
        for (int i = 0; i < Layers.Length; i++)
        {
            _parameterStarts[i] = TrainableCount;
            TrainableCount = checked(TrainableCount + Layers[i].ParameterCount);
        }

        int total = TrainableCount;
        for (int i = 0; i < Layers.Length; i++)
        {
            _statisticStarts[i] = total;
            total = checked(total + Layers[i].StatisticCount);
        }

        NumberCount = total;
    }

    public Layer[] Layers { get; }

    public int InputWidth => Layers[0].InputWidth;

    public int OutputWidth => Layers[^1].OutputWidth;

    public int OutputStride => Layers[^1].OutputStride;

    public int TrainableCount { get; }

    /// <summary>Trainable parameters and running statistics.</summary>
    public int NumberCount { get; }

    public float[] Initialise(RandomStream random)
    {
        var numbers = new float[NumberCount];
        for (int i = 0; i < Layers.Length; i++)
        {
            Layers[i].Initialise(Parameters(i, numbers), Statistics(i, numbers), random.Child(i));
        }

        return numbers;
    }

    /// <summary>The part of an array of parameters, or of gradients, that belongs to a layer.</summary>
    public Span<float> Parameters(int layer, Span<float> numbers) => numbers.Slice(_parameterStarts[layer], Layers[layer].ParameterCount);

    /// <summary>Every run of numbers that means something, in a fixed order and without the padding.</summary>
    /// <param name="numbers">An array of <see cref="NumberCount"/>.</param>
    /// <param name="visit">Gets each run.</param>
    public void ForEachRun(float[] numbers, SpanAction<float, Layer> visit)
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            Layer layer = Layers[i];
            Visit(layer, Parameters(i, numbers));
            Visit(layer, Statistics(i, numbers));
        }

        void Visit(Layer layer, Span<float> part)
        {
            for (int start = 0; start < part.Length; start += layer.OutputStride)
            {
                visit(part.Slice(start, layer.OutputWidth), layer);
            }
        }
    }

    /// <summary>Runs the workspace's input through the layers.</summary>
    /// <returns>The last layer's output, rows padded.</returns>
    public Span<float> Forward(NetworkWorkspace workspace, Span<float> numbers, int rows, PassMode mode, RandomStream? random)
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            LayerPass pass = PassOf(i, workspace, numbers, rows, mode, random);
            Layers[i].Draw(pass);
            Layers[i].Forward(pass, workspace.Values[i], workspace.Values[i + 1]);
        }

        return workspace.Values[^1].AsSpan(0, rows * OutputStride);
    }

    /// <summary>Propagates the gradient by the output, which stands in the workspace, back through the pass just made.</summary>
    /// <param name="workspace">The memory of that pass.</param>
    /// <param name="numbers">The network's numbers.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="gradient">Gets the gradient by all trainable parameters; empty where it is not wanted, which only a pass in prediction mode allows.</param>
    /// <param name="withInputGradient">Whether the gradient by the network's input is wanted, in <c>workspace.Gradients[0]</c>.</param>
    /// <param name="mode">The mode of that pass.</param>
    /// <param name="added">What else is in the gradients by the layers' values, in the order of <c>workspace.Values</c>; null for nothing.</param>
    public void Backward(
        NetworkWorkspace workspace,
        Span<float> numbers,
        int rows,
        Span<float> gradient,
        bool withInputGradient = false,
        PassMode mode = PassMode.Training,
        float[]?[]? added = null)
    {
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            if (added?[i + 1] is { } more)
            {
                Span<float> outputGradient = workspace.Gradients[i + 1].AsSpan(0, rows * Layers[i].OutputStride);
                TensorPrimitives.Add(outputGradient, more.AsSpan(0, outputGradient.Length), outputGradient);
            }

            Span<float> inputGradient = i == 0 && !withInputGradient ? [] : workspace.Gradients[i];
            Layers[i].Backward(
                PassOf(i, workspace, numbers, rows, mode, null),
                workspace.Values[i],
                workspace.Values[i + 1],
                workspace.Gradients[i + 1],
                inputGradient,
                gradient.IsEmpty ? [] : Parameters(i, gradient));
        }
    }

    public LayerPass PassOf(int layer, NetworkWorkspace workspace, Span<float> numbers, int rows, PassMode mode, RandomStream? random) => new()
    {
        Rows = rows,
        Mode = mode,
        Parameters = Parameters(layer, numbers),
        Statistics = Statistics(layer, numbers),
        Kept = workspace.Kept[layer],
        Scratch = workspace.Scratch,
        Random = random,
    };

    private Span<float> Statistics(int layer, Span<float> numbers) => numbers.Slice(_statisticStarts[layer], Layers[layer].StatisticCount);
}
