using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>One network from training to prediction: the part that the models of one network share, whatever they predict.</summary>
internal sealed class SingleNetwork
{
    private readonly object _owner;
    private LinearHead? _head;

    public SingleNetwork(object owner, NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _owner = owner;
        Options = options.Checked();
    }

    public NeuralNetworkOptions Options { get; }

    /// <summary>What was learned; null while untrained.</summary>
    public TrainedNetwork? Fit { get; private set; }

    public LinearHead Head => _head ??= ModelGuard.Trained(_owner, Fit).Head();

    /// <summary>Checks the items, and trains on the problem made of them.</summary>
    public void Train(DatasetView labelled, RandomStream random, TaskKinds task, Func<NetworkProblem> problem, CancellationToken cancellationToken)
    {
        Reset();
        ModelGuard.Trainable(_owner, labelled, random, task);
        cancellationToken.ThrowIfCancellationRequested();
        Fit = NetworkTrainer.Train(problem(), random, Options.MaxDegreeOfParallelism, cancellationToken);
    }

    public TrainedNetwork FitFor(DatasetView items)
    {
        TrainedNetwork fit = ModelGuard.Trained(_owner, Fit);
        ModelGuard.Predictable(_owner, items, fit.InputWidth);
        return fit;
    }

    public FeatureMatrix Embed(DatasetView items, int threads, CancellationToken cancellationToken) => FitFor(items).Embed(items, threads, cancellationToken);

    /// <param name="destination">Where to.</param>
    /// <param name="maskSeed">The seed of the masks, of a network that predicts under dropout.</param>
    public void Save(Stream destination, long maskSeed = 0) =>
        NetworkFile.Write(destination, _owner, Options, [ModelGuard.Trained(_owner, Fit)], maskSeed);

    /// <returns>The seed of the masks that was saved.</returns>
    public long Load(Stream source)
    {
        Reset();
        (TrainedNetwork[] networks, long maskSeed) = NetworkFile.Read(source, _owner, Options, networkCount: 1);
        Fit = networks[0];
        return maskSeed;
    }

    public void Reset()
    {
        Fit = null;
        _head = null;
    }
}
