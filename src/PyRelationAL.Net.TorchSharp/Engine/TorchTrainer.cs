using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Trains one module on labelled items. Its tensors belong to the scope that it is made in.</summary>
internal sealed class TorchTrainer : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly DatasetView _labelled;
    private readonly DatasetView? _validation;
    private readonly ITrainingHook? _hook;
    private readonly LayerTaps? _taps;
    private readonly UnlabelledBatches? _unlabelled;
    private readonly LayerTaps? _embeddingTap;
    private readonly Tensor _features;
    private readonly Tensor _targets;
    private readonly Tensor? _classWeights;
    private readonly int[] _order;

    private TorchTrainer(TorchNetwork network, DatasetView labelled, DatasetView? validation, ITrainingHook? hook, RandomStream random)
    {
        _hook = hook;
        _network = network;
        _labelled = labelled;
        _validation = validation is { Count: > 0 } ? validation : null;
        _features = labelled.Features.ToTensor();
        _targets = Targets(labelled);
        _classWeights = network.Options.ClassWeights is { } weights
            ? network.ToDevice(torch.tensor(weights.Select(w => (float)w).ToArray(), new long[] { weights.Count }))
            : null;
        _order = [.. Enumerable.Range(0, labelled.Count)];
        _taps = network.Auxiliary?.Tap();
        _unlabelled = UnlabelledBatches.Begin(hook, labelled, random);
        _embeddingTap = _unlabelled is null ? null : new LayerTaps(network, [network.Options.EmbeddingModule]);
    }

    /// <summary>Makes a module and trains it. The caller disposes of it.</summary>
    public static TorchNetwork Train(
        TorchOptions options,
        DatasetView labelled,
        DatasetView? validation,
        RandomStream random,
        ITrainingHook? hook,
        CancellationToken cancellationToken)
    {
        TargetScale scale = labelled.Task.Kind == TaskKinds.Regression
            ? TargetScale.Fit(labelled.Values(), options.StandardiseTargets)
            : new TargetScale(0, 1);
        lock (TorchRandom.Gate)
        {
            TorchRandom.Seed(random.Child("initial weights"));
            TorchNetwork network = TorchGuard.Native("Making the module", () => new TorchNetwork(options, labelled, scale));
            try
            {
                if (hook?.AuxiliaryHead is { } head)
                {
                    TorchRandom.Seed(random.Child("auxiliary head"));
                    network.Auxiliary = TorchGuard.Native("Making the auxiliary head", () => new AuxiliaryNetwork(network, head));
                }

                TorchRandom.Seed(random.Child("dropout"));
                using DisposeScope scope = torch.NewDisposeScope();
                using var trainer = new TorchTrainer(network, labelled, validation, hook, random);
                network.Epochs = TorchGuard.Native("Training", () => trainer.Run(random.Child("order"), cancellationToken));
                network.Module.eval();
                trainer.CheckParameters();
                return network;
            }
            catch
            {
                network.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        _taps?.Dispose();
        _embeddingTap?.Dispose();
    }

    /// <returns>The number of epochs whose result is kept.</returns>
    private int Run(RandomStream random, CancellationToken cancellationToken)
    {
        TorchOptions options = _network.Options;
        if (!_network.Trainable.Any())
        {
            throw new ModelTrainingException(
                "The module has no parameters to train. A module of one's own must call RegisterComponents() at the end of its constructor.");
        }

        using torch.optim.Optimizer optimiser = options.Optimiser(_network.Module.parameters().Concat(_network.Auxiliary?.Parameters ?? []))
            ?? throw new InvalidOperationException($"{nameof(TorchOptions)}.{nameof(TorchOptions.Optimiser)} gave null.");
        Tensor[]? best = null;
        double bestLoss = double.PositiveInfinity;
        int bestEpoch = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            _network.SetTraining();
            random.Shuffle(_order.AsSpan());
            for (int start = 0; start < _order.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = StepSize(_order.Length - start, options.BatchSize);
                Step(optimiser, epoch, _order.AsSpan(start, count));
                start += count;
            }

            Tell(epoch, cancellationToken);
            if (_validation is null || options.EarlyStoppingPatience is not { } patience)
            {
                continue;
            }

            double loss = ValidationLoss(_validation, cancellationToken);
            if (loss < bestLoss)
            {
                best = Keep(best);
                _unlabelled?.OnBest();
                (bestLoss, bestEpoch) = (loss, epoch);
            }
            else if (epoch - bestEpoch >= patience)
            {
                break;
            }
        }

        if (best is null)
        {
            return options.Epochs;
        }

        Copy(best, [.. _network.State]);
        return bestEpoch + 1;
    }

    /// <summary>Batch normalisation cannot train on one item, so a single one that would be left joins the step before.</summary>
    private static int StepSize(int left, int batchSize) =>
        left <= batchSize || (left == batchSize + 1 && batchSize > 1) ? left : batchSize;

    private void Step(torch.optim.Optimizer optimiser, int epoch, ReadOnlySpan<int> rows)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var indices = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            indices[i] = rows[i];
        }

        Tensor index = torch.tensor(indices, new long[] { rows.Length });
        Tensor features = _features.index_select(0, index);
        if (_unlabelled is not null)
        {
            features = torch.cat([features, _unlabelled.Features.SelectRows(_unlabelled.Draw()).ToTensor()], 0);
        }

        Tensor targets = _network.ToDevice(_targets.index_select(0, index));
        optimiser.zero_grad();
        _taps?.Clear();
        _embeddingTap?.Clear();
        Tensor outputs = Labelled(_network.Forward(_network.ToInput(features)), rows.Length);
        Tensor loss = Loss(outputs, targets);
        TorchGuard.FiniteLoss(Value(loss));
        if (_network.Auxiliary is { } auxiliary)
        {
            loss += AuxiliaryTerm(auxiliary, epoch, rows, outputs, targets);
        }

        if (_unlabelled is not null)
        {
            loss += EmbeddingTerm(_unlabelled, epoch, rows);
        }

        loss.backward();
        optimiser.step();
    }

    private double ValidationLoss(DatasetView validation, CancellationToken cancellationToken)
    {
        _network.Module.eval();
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        Tensor targets = Targets(validation);
        double sum = 0;
        _network.ForBatches(validation.Features, cancellationToken, (start, batch) =>
        {
            long rows = batch.shape[0];
            sum += rows * Value(Loss(_network.Forward(batch), _network.ToDevice(targets.narrow(0, start, rows))));
        });
        return TorchGuard.FiniteLoss(sum / validation.Count);
    }

    /// <summary>A number whose gradient by the head's outputs is the one that the hook gave.</summary>
    private Tensor AuxiliaryTerm(AuxiliaryNetwork auxiliary, int epoch, ReadOnlySpan<int> rows, Tensor outputs, Tensor targets)
    {
        AuxiliaryHead head = auxiliary.Head;
        Tensor predicted = Labelled(auxiliary.Forward(_taps!, stopGradient: epoch >= head.StopGradientAfter * _network.Options.Epochs), rows.Length);
        var batch = new AuxiliaryBatch
        {
            Epoch = epoch,
            Rows = rows,
            Losses = RowLosses(outputs.detach(), targets),
            Outputs = predicted.ToFloats(),
            OutputCount = head.OutputCount,
        };
        var gradient = new float[rows.Length * head.OutputCount];
        TorchGuard.FiniteLoss(_hook!.AuxiliaryLoss(in batch, gradient));
        // Multiplied here, not as tensors: TorchSharp may free a number while libtorch reads it, where garbage is collected just then.
        float[] weighted = Array.ConvertAll(gradient, g => (float)(head.LossWeight * g));
        Tensor weights = _network.ToDevice(torch.tensor(weighted, new long[] { rows.Length, head.OutputCount }));
        return (predicted * weights).sum();
    }

    /// <summary>A number whose gradient by the embeddings is the one that the hook gave.</summary>
    private Tensor EmbeddingTerm(UnlabelledBatches unlabelled, int epoch, ReadOnlySpan<int> rows)
    {
        Tensor embeddings = _embeddingTap!.Value(0).reshape(rows.Length + unlabelled.Count, -1);
        float[] values = embeddings.detach().ToFloats();
        var gradient = new float[values.Length];
        unlabelled.Evaluate(epoch, rows, values, gradient);
        return (embeddings * _network.ToDevice(torch.tensor(gradient, embeddings.shape))).sum();
    }

    /// <summary>The rows of labelled items, which come first.</summary>
    private Tensor Labelled(Tensor batch, int count) => _unlabelled is null ? batch : batch.narrow(0, 0, count);

    private double[] RowLosses(Tensor outputs, Tensor targets)
    {
        using IDisposable noGradient = torch.no_grad();
        return
        [
            .. Enumerable.Range(0, (int)outputs.shape[0]).Select(i => Value(Loss(outputs.narrow(0, i, 1), targets.narrow(0, i, 1)))),
        ];
    }

    private void Tell(int epoch, CancellationToken cancellationToken)
    {
        if (_hook is null)
        {
            return;
        }

        _network.Module.eval();
        _hook.OnEpoch(new TrainingEpoch(
            epoch, _labelled, _hook.NeedsEpochOutputs ? _network.Predictions(_labelled.Features, cancellationToken) : []));
    }

    private Tensor Loss(Tensor outputs, Tensor targets)
    {
        TorchOptions options = _network.Options;
        return options.Loss is { } loss
            ? loss(outputs, targets)
            : _network.Classifies
                ? torch.nn.functional.cross_entropy(outputs, targets, _classWeights)
                : torch.nn.functional.mse_loss(outputs, targets);
    }

    private static double Value(Tensor loss) => loss.numel() == 1
        ? loss.ToFloats()[0]
        : throw new ModelTrainingException(
            Guard.Text($"The loss has shape [{string.Join(", ", loss.shape)}]; it must be one number, the mean over the batch."));

    private Tensor Targets(DatasetView items)
    {
        if (_network.Classifies)
        {
            return items.ToLabelTensor();
        }

        return torch.tensor(_network.Scale.Apply(items.Values()), new long[] { items.Count, 1 });
    }

    /// <summary>Copies the state, into the same tensors each time.</summary>
    private Tensor[] Keep(Tensor[]? kept)
    {
        Tensor[] state = [.. _network.State];
        if (kept is null)
        {
            return [.. state.Select(s => s.detach().clone())];
        }

        Copy(state, kept);
        return kept;
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        for (int i = 0; i < from.Length; i++)
        {
            to[i].copy_(from[i]);
        }
    }

    private void CheckParameters()
    {
        foreach (Tensor parameter in _network.State)
        {
            foreach (float value in parameter.ToFloats())
            {
                if (!float.IsFinite(value))
                {
                    throw TorchGuard.Diverged("A parameter of the module", value);
                }
            }
        }
    }
}
