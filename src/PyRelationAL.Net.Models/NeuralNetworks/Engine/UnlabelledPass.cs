using System.Numerics.Tensors;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Unlabelled rows in a network's batches, behind the labelled ones, and a hook's loss on the embeddings of both: the input of the last layer.
/// </summary>
internal sealed class UnlabelledPass
{
    private readonly UnlabelledBatches _batches;
    private readonly InputScale _scale;
    private readonly Layer _last;
    private readonly int _tap;
    private readonly int _labelledRows;
    private readonly float[] _embeddings;
    private readonly float[] _gradient;
    private readonly float[]?[] _memory;
    private readonly float[]?[] _added;

    /// <summary>Makes the memory of a training.</summary>
    /// <param name="batches">The hook's part.</param>
    /// <param name="problem">What is trained on.</param>
    public UnlabelledPass(UnlabelledBatches batches, NetworkProblem problem)
    {
        _batches = batches;
        _scale = problem.InputScale;
        _tap = problem.Network.Layers.Length - 1;
        _last = problem.Network.Layers[_tap];
        _labelledRows = Math.Min(problem.Options.BatchSize, problem.Count);
        _embeddings = new float[checked((_labelledRows + Count) * _last.InputWidth)];
        _gradient = new float[_embeddings.Length];
        _memory = new float[_tap + 2][];
        _added = new float[_tap + 2][];
    }

    /// <summary>U.</summary>
    public int Count => _batches.Count;

    /// <summary>Draws items and writes them as the network's inputs.</summary>
    /// <param name="inputs">U padded rows.</param>
    public void Draw(Span<float> inputs)
    {
        int stride = Lanes.Stride(_scale.Width);
        ReadOnlySpan<int> rows = _batches.Draw();
        for (int r = 0; r < rows.Length; r++)
        {
            _scale.Apply(_batches.Features, rows[r], 1, inputs[(r * stride)..]);
        }
    }

    /// <summary>Asks for the loss on the batch that the network has just been evaluated on.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="items">The labelled items.</param>
    /// <param name="main">The memory of the pass.</param>
    /// <param name="head">What an auxiliary head adds to the gradients of the labelled rows; null for nothing.</param>
    /// <returns>What both add to the gradients by the network's values, for all rows.</returns>
    public float[]?[] Step(int epoch, ReadOnlySpan<int> items, NetworkWorkspace main, float[]?[]? head)
    {
        int rows = items.Length + Count, width = _last.InputWidth, stride = _last.InputStride;
        Span<float> embeddings = _embeddings.AsSpan(0, rows * width), gradient = _gradient.AsSpan(0, rows * width);
        for (int r = 0; r < rows; r++)
        {
            main.Values[_tap].AsSpan(r * stride, width).CopyTo(embeddings[(r * width)..]);
        }

        _batches.Evaluate(epoch, items, embeddings, gradient);
        Array.Clear(_added);
        float[] own = Memory(_tap, main);
        for (int r = 0; r < rows; r++)
        {
            gradient.Slice(r * width, width).CopyTo(own.AsSpan(r * stride));
        }

        for (int v = 0; head is not null && v < head.Length; v++)
        {
            if (head[v] is { } more)
            {
                Join(v, more.AsSpan(0, more.Length / _labelledRows * items.Length), main, rows);
            }
        }

        return _added;
    }

    public void OnBest() => _batches.OnBest();

    private void Join(int value, ReadOnlySpan<float> more, NetworkWorkspace main, int rows)
    {
        if (value == _tap)
        {
            Span<float> labelled = _added[value].AsSpan(0, more.Length);
            TensorPrimitives.Add(labelled, more, labelled);
            return;
        }

        float[] joined = Memory(value, main);
        more.CopyTo(joined);
        joined.AsSpan(more.Length).Clear();
    }

    private float[] Memory(int value, NetworkWorkspace main) => _added[value] = _memory[value] ??= new float[main.Values[value].Length];
}
