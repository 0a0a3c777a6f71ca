using System.Globalization;
using PyRelationAL.Numerics;
using TorchSharp;
using TorchSharp.Modules;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A torch module and how to train it. Immutable; the models check it when they are made.</summary>
public sealed record TorchOptions
{
    /// <summary>
    /// Makes a new module, with new weights, at each call. It maps features [B×F], or [B, <see cref="InputShape"/>], in float32 to outputs [B×K]: a logit for
    /// each class of the task, or one value (then [B] will do).
    /// </summary>
    public required Func<torch.nn.Module<torch.Tensor, torch.Tensor>> Module { get; init; }

    /// <summary>
    /// The mean loss of outputs [B×K] and targets: classes [B] as int64, or values [B×1] as float32, in the scale that <see cref="StandardiseTargets"/> says;
    /// null for cross-entropy, or the mean squared error.
    /// </summary>
    /// <value>null</value>
    public Func<torch.Tensor, torch.Tensor, torch.Tensor>? Loss { get; init; }

    /// <summary>Makes the optimiser of a module's parameters. Optimisers that must evaluate the loss themselves, such as L-BFGS, will not do.</summary>
    /// <value>Adam with learning rate 0.001</value>
    public Func<IEnumerable<Parameter>, torch.optim.Optimizer> Optimiser { get; init; } = parameters => torch.optim.Adam(parameters, lr: 1e-3);

    /// <summary>The most passes over the labelled items; at least 1.</summary>
    /// <value>100</value>
    public int Epochs { get; init; } = 100;

    /// <summary>
    /// Items in a step; at least 1. The last step of an epoch takes what is left; where steps are larger than 1, a single item that is left joins the step
    /// before, since batch normalisation cannot train on one.
    /// </summary>
    /// <value>32</value>
    public int BatchSize { get; init; } = 32;

    /// <summary>Items that are predicted at once; at least 1.</summary>
    /// <value>512</value>
    public int PredictionBatchSize { get; init; } = 512;

    /// <summary>Where the module computes, in torch's words: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    /// <value>cpu</value>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Where validation items are given: training stops after so many epochs without a lower validation loss, at least 1, and parameters and buffers of the
    /// best epoch are restored; null trains all epochs and keeps the last.
    /// </summary>
    /// <value>20</value>
    public int? EarlyStoppingPatience { get; init; } = 20;

    /// <summary>
    /// The weight of each class in the cross-entropy, one for each class of the task, finite and at least 0; null for equal weights. Classification only, and
    /// not with a <see cref="Loss"/> of one's own.
    /// </summary>
    /// <value>null</value>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Whether regression targets are standardised; predictions are in the targets' own units in either case.</summary>
    /// <value>true</value>
    public bool StandardiseTargets { get; init; } = true;

    /// <summary>The shape of an item, such as [3, 32, 32] for an image; its product is the number of features. Null for a row of features.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? InputShape { get; init; }

    /// <summary>
    /// The name, as in <c>named_modules()</c>, of the module whose output is the embedding; null for what enters the last linear module. Modules between the
    /// root and this one must run their children by <c>call</c>, as <c>Sequential</c> does, not by <c>forward</c>.
    /// </summary>
    /// <value>null</value>
    public string? EmbeddingModule { get; init; }

    /// <summary>
    /// The names of the modules whose outputs an auxiliary head looks at (<see cref="Models.AuxiliaryHead"/>), at least one; null for the embedding alone.
    /// </summary>
    /// <value>null</value>
    public IReadOnlyList<string>? HiddenModules { get; init; }

    /// <summary>Checks the settings, and copies the lists that their maker could still change.</summary>
    internal TorchOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Module);
        ArgumentNullException.ThrowIfNull(Optimiser);
        ArgumentNullException.ThrowIfNull(Device);
        Guard.Positive(Epochs);
        Guard.Positive(BatchSize);
        Guard.Positive(PredictionBatchSize);
        Guard.Positive(EarlyStoppingPatience ?? 1, nameof(EarlyStoppingPatience));
        foreach (double weight in ClassWeights ?? [])
        {
            Guard.NonNegative(weight, nameof(ClassWeights));
        }

        if (ClassWeights is not null && Loss is not null)
        {
            throw new ArgumentException(
                "Class weights are for the built-in cross-entropy: with a loss of your own, weigh the classes there.", nameof(ClassWeights));
        }

        foreach (int length in InputShape ?? [])
        {
            Guard.Positive(length, nameof(InputShape));
        }

        if (HiddenModules is { Count: 0 })
        {
            throw new ArgumentException("There must be at least one hidden module, or null for the embedding.", nameof(HiddenModules));
        }

        CheckDevice();
        return this with
        {
            ClassWeights = ClassWeights is null ? null : [.. ClassWeights],
            InputShape = InputShape is null ? null : [.. InputShape],
            HiddenModules = HiddenModules is null ? null : [.. HiddenModules],
        };
    }

    /// <summary>A device that is not there would only show in the middle of a run, with a message from C++.</summary>
    private void CheckDevice()
    {
        string[] parts = Device.Split(':');
        int index = 0;
        bool known = Enum.TryParse(parts[0], ignoreCase: true, out DeviceType type)
            && (parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)));
        if (!known)
        {
            throw new ArgumentException($"Device is '{Device}'; it must be cpu, cuda, or cuda and a number, such as cuda:0.", nameof(Device));
        }

        if (type != DeviceType.CUDA)
        {
            return;
        }

        int devices = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index >= devices)
        {
            throw new ArgumentException(
                Guard.Text($"Device is '{Device}', and libtorch sees {devices} CUDA devices: use cpu, another number, or a libtorch package for CUDA."),
                nameof(Device));
        }
    }
}
