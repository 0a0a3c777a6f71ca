using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>One network asked under many dropout masks: the part that MC dropout for both tasks shares.</summary>
internal sealed class DropoutSampler
{
    private readonly SingleNetwork _network;
    private long _maskSeed;

    public DropoutSampler(object owner, MCDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Checked();
        _network = new SingleNetwork(owner, Options.Network with { MaxDegreeOfParallelism = Options.MaxDegreeOfParallelism });
    }

    public MCDropoutOptions Options { get; }

    public TrainedNetwork? Fit => _network.Fit;

    /// <summary>The stream whose masks give the prediction of a network as it was trained.</summary>
    public RandomStream PredictionMasks => new(_maskSeed);

    /// <inheritdoc cref="SingleNetwork.TrainingHook"/>
    public ITrainingHook? TrainingHook
    {
        get => _network.TrainingHook;
        set => _network.TrainingHook = value;
    }

    public void Train(
        DatasetView labelled,
        RandomStream random,
        TaskKinds task,
        Func<NetworkProblem> problem,
        Action<TrainedNetwork, Memory<double>> writeOutputs,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(random);
        // Before the training, whose hooks may ask for predictions.
        _maskSeed = unchecked((long)random.Child("prediction masks").NextUInt64());
        _network.Train(labelled, random, task, problem, cancellationToken, writeOutputs);
    }

    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken) =>
        _network.PredictAuxiliary(items, Options.MaxDegreeOfParallelism, cancellationToken);

    public void Save(Stream destination) => _network.Save(destination, _maskSeed);

    public void Load(Stream source) => _maskSeed = _network.Load(source);

    public TrainedNetwork FitFor(DatasetView items) => _network.FitFor(items);

    /// <summary>Asks a network under each mask.</summary>
    /// <param name="fit">The network.</param>
    /// <param name="items">The items.</param>
    /// <param name="valuesPerRow">The numbers predicted for each row.</param>
    /// <param name="random">Mask m comes from its child m.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <param name="write">Writes the predictions under one mask.</param>
    /// <returns>The predictions, one mask after the other.</returns>
    public double[] Sample(
        TrainedNetwork fit,
        DatasetView items,
        int valuesPerRow,
        RandomStream random,
        CancellationToken cancellationToken,
        Action<PassMode, RandomStream, Memory<double>> write)
    {
        ArgumentNullException.ThrowIfNull(random);
        cancellationToken.ThrowIfCancellationRequested();
        int size = checked(items.Count * valuesPerRow);
        var values = new double[checked(size * Options.SampleCount)];
        PassMode mode = Options.Consistent ? PassMode.SharedMasks : PassMode.RowMasks;
        Blocks.ForEach(
            Options.SampleCount,
            Options.MaxDegreeOfParallelism,
            cancellationToken,
            (m, _) => write(mode, random.Child(m), values.AsMemory(m * size, size)),
            blockRows: 1);
        return values;
    }

    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken) =>
        _network.Embed(items, Options.MaxDegreeOfParallelism, cancellationToken);

    public void Reset() => _network.Reset();
}
