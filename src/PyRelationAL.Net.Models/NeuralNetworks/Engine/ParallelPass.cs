using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// The passes of one training step on several threads. Rows are split for values and for gradients by values, input units for gradients by parameters,
/// parameters for the optimiser: every number is the same chain of operations as on one thread, so there is nothing to sum and no bit depends on the number of
/// threads.
/// </summary>
internal sealed class ParallelPass
{
    private const int FewestRows = 16;

    // About half a millisecond on one core: below it, waking a thread four times a step costs more than it saves.
    private const double FewestOperations = 2e7;

    private const int OperationsPerParameter = 6;

    private readonly Network _network;
    private readonly NetworkWorkspace _workspace;
    private readonly float[][] _scratches;

    private ParallelPass(Network network, NetworkWorkspace workspace, int threads)
    {
        _network = network;
        _workspace = workspace;
        _scratches = [.. Enumerable.Range(0, threads).Select(_ => new float[workspace.Scratch.Length])];
    }

    /// <returns>Null where one thread is as fast, or where a layer mixes rows.</returns>
    public static ParallelPass? For(Network network, NetworkWorkspace workspace, int rows, int maxDegreeOfParallelism)
    {
        int cores = maxDegreeOfParallelism == -1 ? Environment.ProcessorCount : maxDegreeOfParallelism;
        int threads = Math.Min(cores, rows / FewestRows);
        bool pays = threads > 1 && (double)OperationsPerParameter * rows * network.TrainableCount >= FewestOperations;
        return pays && network.Layers.All(layer => layer.RowsAreIndependent) ? new ParallelPass(network, workspace, threads) : null;
    }

    /// <summary>As <see cref="Network.Forward"/> in training.</summary>
    public Span<float> Forward(float[] numbers, int rows, RandomStream random)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            _network.Layers[i].Draw(_network.PassOf(i, _workspace, numbers, rows, PassMode.Training, random));
        }

        ForEachPart(rows, (scratch, start, count) =>
        {
            for (int i = 0; i < _network.Layers.Length; i++)
            {
                Layer layer = _network.Layers[i];
                layer.Forward(PassOf(i, numbers, start, count, scratch), Rows(_workspace.Values, i, start), Rows(_workspace.Values, i + 1, start));
            }
        });
        return _workspace.Values[^1].AsSpan(0, rows * _network.OutputStride);
    }

    /// <summary>As <see cref="Network.Backward"/>, without the gradient by the network's input.</summary>
    public void Backward(float[] numbers, int rows, float[] gradient)
    {
        ForEachPart(rows, (scratch, start, count) =>
        {
            for (int i = _network.Layers.Length - 1; i > 0; i--)
            {
                _network.Layers[i].Backward(
                    PassOf(i, numbers, start, count, scratch),
                    Rows(_workspace.Values, i, start),
                    Rows(_workspace.Values, i + 1, start),
                    Rows(_workspace.Gradients, i + 1, start),
                    Rows(_workspace.Gradients, i, start),
                    []);
            }
        });
        ForEachPart(_scratches.Length, (scratch, part, _) =>
        {
            for (int i = 0; i < _network.Layers.Length; i++)
            {
                _network.Layers[i].ParameterGradient(
                    PassOf(i, numbers, 0, rows, scratch),
                    _workspace.Values[i],
                    _workspace.Gradients[i + 1],
                    _network.Parameters(i, gradient),
                    part,
                    _scratches.Length);
            }
        });
    }

    public void Update(OptimiserState optimiser, float[] numbers, float[] gradient)
    {
        ForEachPart(
            _network.TrainableCount / Lanes.Group,
            (_, start, count) => optimiser.Step(numbers, gradient, start * Lanes.Group, count * Lanes.Group));
    }

    private LayerPass PassOf(int layer, float[] numbers, int start, int rows, float[] scratch)
    {
        LayerPass whole = _network.PassOf(layer, _workspace, numbers, rows, PassMode.Training, null);
        return whole with { Kept = whole.Kept[_network.Layers[layer].KeptLength(start)..], Scratch = scratch };
    }

    private Span<float> Rows(float[][] matrices, int index, int start)
    {
        int stride = index == 0 ? _network.Layers[0].InputStride : _network.Layers[index - 1].OutputStride;
        return matrices[index].AsSpan(start * stride);
    }

    private void ForEachPart(int count, Action<float[], int, int> body)
    {
        int parts = _scratches.Length;
        Blocks.ForEach(
            parts,
            parts,
            CancellationToken.None,
            (part, _) =>
            {
                int start = (int)((long)count * part / parts), end = (int)((long)count * (part + 1) / parts);
                body(_scratches[part], start, end - start);
            },
            blockRows: 1);
    }
}
