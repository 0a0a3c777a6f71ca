using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// The shape of a head on a network's hidden activations: for each hidden layer a linear map and a ReLU, whose results side by side go through one linear map.
/// The activations are those before dropout, so that what the head sees in training is what it sees in a prediction. Immutable; its numbers are one array,
/// branch by branch, then the map at the top.
/// </summary>
internal sealed class AuxiliaryNetwork
{
    private readonly int[] _taps;
    private readonly int[] _starts;
    private readonly int _hiddenWidth;

    public AuxiliaryNetwork(Network network, AuxiliaryHead head)
    {
        _taps = [.. Enumerable.Range(0, network.Layers.Length).Where(i => network.Layers[i].GivesActivations).Select(i => i + 1)];
        if (_taps.Length == 0)
        {
            throw new InvalidOperationException("An auxiliary head needs hidden layers, and the network has none: set HiddenWidths.");
        }

        _hiddenWidth = head.HiddenWidth;
        int combined = checked(_taps.Length * _hiddenWidth);
        Networks =
        [
            .. _taps.Select(t => Branch(network.Layers[t - 1].OutputWidth, _hiddenWidth)),
            new Network([new DenseLayer(combined, head.OutputCount)]),
        ];
        _starts = new int[Networks.Length];
        for (int i = 0; i < Networks.Length; i++)
        {
            _starts[i] = TrainableCount;
            TrainableCount = checked(TrainableCount + Networks[i].TrainableCount);
        }

        ValueCount = network.Layers.Length + 1;
        OutputCount = head.OutputCount;
    }

    /// <summary>The branches, and the map at the top.</summary>
    public Network[] Networks { get; }

    public int TrainableCount { get; }

    /// <summary>K.</summary>
    public int OutputCount { get; }

    /// <summary>How many values a workspace of the network has.</summary>
    public int ValueCount { get; }

    public float[] Initialise(RandomStream random)
    {
        var numbers = new float[TrainableCount];
        for (int i = 0; i < Networks.Length; i++)
        {
            Networks[i].Initialise(random.Child(i)).CopyTo(Part(i, numbers));
        }

        return numbers;
    }

    /// <summary>The part of an array of parameters, or of gradients, that belongs to one of <see cref="Networks"/>.</summary>
    public Span<float> Part(int index, Span<float> numbers) => numbers.Slice(_starts[index], Networks[index].TrainableCount);

    /// <summary>Computes the head's outputs from what a pass through the network left.</summary>
    /// <param name="main">The memory of that pass.</param>
    /// <param name="workspace">The head's own.</param>
    /// <param name="numbers">The head's numbers.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="outputs">Gets B·K outputs, without padding.</param>
    public void Forward(NetworkWorkspace main, AuxiliaryWorkspace workspace, Span<float> numbers, int rows, Span<float> outputs)
    {
        Network top = Networks[^1];
        NetworkWorkspace last = workspace.Parts[^1];
        for (int i = 0; i < _taps.Length; i++)
        {
            Network branch = Networks[i];
            NetworkWorkspace part = workspace.Parts[i];
            main.Values[_taps[i]].AsSpan(0, rows * branch.Layers[0].InputStride).CopyTo(part.Values[0]);
            branch.Forward(part, Part(i, numbers), rows, PassMode.Training, null);
            CopyColumns(part.Values[^1], branch.OutputStride, 0, last.Values[0], top.Layers[0].InputStride, i * _hiddenWidth, rows, _hiddenWidth);
        }

        top.Forward(last, Part(_taps.Length, numbers), rows, PassMode.Training, null);
        CopyColumns(last.Values[^1], top.OutputStride, 0, outputs, OutputCount, 0, rows, OutputCount);
    }

    /// <summary>Propagates a gradient by the outputs back through the pass just made.</summary>
    /// <param name="workspace">The memory of that pass; <see cref="AuxiliaryWorkspace.Added"/> gets the gradients by the network's activations.</param>
    /// <param name="numbers">The head's numbers.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="outputGradient">B·K numbers, without padding.</param>
    /// <param name="gradient">Gets the gradient by the head's parameters.</param>
    /// <param name="intoNetwork">Whether the gradients by the activations are wanted.</param>
    public void Backward(
        AuxiliaryWorkspace workspace, Span<float> numbers, int rows, ReadOnlySpan<float> outputGradient, Span<float> gradient, bool intoNetwork)
    {
        Network top = Networks[^1];
        NetworkWorkspace last = workspace.Parts[^1];
        CopyColumns(outputGradient, OutputCount, 0, last.Gradients[^1], top.OutputStride, 0, rows, OutputCount);
        top.Backward(last, Part(_taps.Length, numbers), rows, Part(_taps.Length, gradient), withInputGradient: true);
        for (int i = 0; i < _taps.Length; i++)
        {
            Network branch = Networks[i];
            NetworkWorkspace part = workspace.Parts[i];
            CopyColumns(last.Gradients[0], top.Layers[0].InputStride, i * _hiddenWidth, part.Gradients[^1], branch.OutputStride, 0, rows, _hiddenWidth);
            branch.Backward(part, Part(i, numbers), rows, Part(i, gradient), withInputGradient: intoNetwork);
        }
    }

    /// <summary>Where the gradients by the network's activations lie, in the order of the network's values.</summary>
    public float[]?[] Added(NetworkWorkspace[] parts)
    {
        var added = new float[ValueCount][];
        for (int i = 0; i < _taps.Length; i++)
        {
            added[_taps[i]] = parts[i].Gradients[0];
        }

        return added;
    }

    private static Network Branch(int width, int hiddenWidth) =>
        new([new DenseLayer(width, hiddenWidth), new ActivationLayer<Relu>(hiddenWidth)]);

    private static void CopyColumns(
        ReadOnlySpan<float> source, int sourceStride, int sourceColumn, Span<float> destination, int stride, int column, int rows, int count)
    {
        for (int r = 0; r < rows; r++)
        {
            source.Slice((r * sourceStride) + sourceColumn, count).CopyTo(destination[((r * stride) + column)..]);
        }
    }
}
