using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// A training hook at work in one training, with the head that is trained jointly and the unlabelled rows that go along, if there are any. Its steps allocate
/// nothing.
/// </summary>
internal sealed class HookedTraining
{
    private readonly ITrainingHook _hook;
    private readonly NetworkProblem _problem;
    private readonly DatasetView _labelled;
    private readonly Action<TrainedNetwork, Memory<double>> _writeOutputs;
    private readonly int _outputCount;
    private readonly bool _needsOutputs;
    private readonly JointHead? _head;
    private readonly UnlabelledPass? _unlabelled;

    private HookedTraining(
        ITrainingHook hook,
        NetworkProblem problem,
        DatasetView labelled,
        int outputCount,
        Action<TrainedNetwork, Memory<double>> writeOutputs,
        RandomStream random)
    {
        _hook = hook;
        _problem = problem;
        _labelled = labelled;
        _outputCount = outputCount;
        _writeOutputs = writeOutputs;
        _needsOutputs = hook.NeedsEpochOutputs;
        _head = hook.AuxiliaryHead is { } head ? new JointHead(hook, head, problem, random.Child("auxiliary weights")) : null;
        _unlabelled = UnlabelledBatches.Begin(hook, labelled, random) is { } batches ? new UnlabelledPass(batches, problem) : null;
    }

    /// <summary>The head as it is now; null where there is none.</summary>
    public TrainedAuxiliary? Auxiliary => _head?.Trained;

    /// <summary>How many unlabelled rows go along with each batch.</summary>
    public int UnlabelledCount => _unlabelled?.Count ?? 0;

    /// <summary>Begins the part of a hook in a training.</summary>
    /// <param name="hook">The hook; null for none.</param>
    /// <param name="problem">What is trained on.</param>
    /// <param name="labelled">The items that it was made of.</param>
    /// <param name="outputCount">The numbers predicted for each item.</param>
    /// <param name="writeOutputs">Writes the predictions of a network for the labelled items.</param>
    /// <param name="random">The training's stream.</param>
    /// <returns>Null where there is no hook.</returns>
    public static HookedTraining? Begin(
        ITrainingHook? hook,
        NetworkProblem problem,
        DatasetView labelled,
        int outputCount,
        Action<TrainedNetwork, Memory<double>> writeOutputs,
        RandomStream random) =>
        hook is null ? null : new HookedTraining(hook, problem, labelled, outputCount, writeOutputs, random);

    /// <summary>Where the network's loss for each row of a batch is to be written; empty where nobody wants it.</summary>
    public Span<double> RowLosses(int rows) => _head is null ? [] : _head.RowLosses(rows);

    /// <summary>Writes the unlabelled rows of the next batch as the network's inputs.</summary>
    public void DrawUnlabelled(Span<float> inputs) => _unlabelled?.Draw(inputs);

    /// <summary>Trains the head on the batch that the network has just been evaluated on, and asks for the loss on embeddings.</summary>
    /// <returns>What this adds to the gradients by the network's values; null for nothing.</returns>
    public float[]?[]? Step(int epoch, ReadOnlySpan<int> items, NetworkWorkspace main, double learningRate)
    {
        float[]?[]? added = _head?.Step(epoch, items, main, learningRate);
        return _unlabelled is null ? added : _unlabelled.Step(epoch, items, main, added);
    }

    public void EndEpoch(int epoch, float[] numbers)
    {
        double[] outputs = [];
        if (_needsOutputs)
        {
            outputs = new double[checked(_labelled.Count * _outputCount)];
            _writeOutputs(new TrainedNetwork(_problem.Network, _problem.InputScale, _problem.TargetScale, numbers, epoch + 1), outputs);
        }

        _hook.OnEpoch(new TrainingEpoch(epoch, _labelled, outputs));
    }

    /// <summary>Remembers the head as it is now, and tells the hook.</summary>
    public void Keep()
    {
        _head?.Keep();
        _unlabelled?.OnBest();
    }

    /// <summary>Goes back to the head that was last remembered.</summary>
    public void Restore() => _head?.Restore();
}
