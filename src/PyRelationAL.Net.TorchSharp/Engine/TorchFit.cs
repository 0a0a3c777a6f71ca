using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.Torch;

/// <summary>The trained networks of a model manager: the part that single networks, ensembles and MC dropout share.</summary>
internal sealed class TorchFit
{
    private readonly object _owner;
    private readonly TaskKinds _task;
    private readonly int _count;
    private TorchNetwork[]? _networks;

    public TorchFit(object owner, TorchOptions options, TaskKinds task, int count = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Checked();
        _owner = owner;
        _task = task;
        _count = count;
    }

    public TorchOptions Options { get; }

    public bool IsTrained => _networks is not null;

    public IReadOnlyList<TorchNetwork> Networks => ModelGuard.Trained(_owner, _networks);

    /// <summary>The one network of a model that has one.</summary>
    public TorchNetwork Network => Networks[0];

    public void Train(
        DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken, ITrainingHook? hook = null)
    {
        Reset();
        ModelGuard.Trainable(_owner, labelled, random, _task);
        cancellationToken.ThrowIfCancellationRequested();
        CheckShapes(labelled);
        var trained = new List<TorchNetwork>(_count);
        try
        {
            for (int m = 0; m < _count; m++)
            {
                RandomStream stream = _count == 1 ? random : random.Child(m);
                TorchNetwork network = TorchTrainer.Train(Options, labelled, validation, stream, hook, cancellationToken);
                if (trained.Exists(t => ReferenceEquals(t.Module, network.Module)))
                {
                    throw new InvalidOperationException(
                        $"{nameof(TorchOptions)}.{nameof(TorchOptions.Module)} gave the same module twice; it must make a new one.");
                }

                trained.Add(network);
            }
        }
        catch
        {
            trained.ForEach(t => t.Dispose());
            throw;
        }

        _networks = [.. trained];
    }

    /// <summary>The networks, for items of the width that they were trained on.</summary>
    public IReadOnlyList<TorchNetwork> For(DatasetView items)
    {
        IReadOnlyList<TorchNetwork> networks = Networks;
        ModelGuard.Predictable(_owner, items, networks[0].FeatureCount);
        return networks;
    }

    public void Reset()
    {
        foreach (TorchNetwork network in _networks ?? [])
        {
            network.Dispose();
        }

        _networks = null;
    }

    private void CheckShapes(DatasetView labelled)
    {
        if (Options.ClassWeights is { } weights && weights.Count != labelled.Task.ClassCount)
        {
            throw new ArgumentException(Guard.Text($"There are {weights.Count} class weights, and the dataset is for {labelled.Task}."), nameof(labelled));
        }

        if (Options.InputShape is { } shape && shape.Aggregate(1L, (product, length) => product * length) != labelled.Dataset.FeatureCount)
        {
            string asked = Guard.Text($"Items of shape [{string.Join(", ", shape)}] were asked for");
            string given = Guard.Text($"those of dataset '{labelled.Dataset.Name}' have {labelled.Dataset.FeatureCount} features");
            throw new ArgumentException($"{asked}, and {given}.", nameof(labelled));
        }
    }
}
