using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Shape and training of a multilayer perceptron. Immutable; the models check it when they are made.</summary>
public sealed record NeuralNetworkOptions
{
    /// <summary>The widths of the hidden layers, each at least 1; none gives a linear model.</summary>
    /// <value>64, 64</value>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [64, 64];

    /// <summary>What hidden units apply.</summary>
    /// <value>ReLU</value>
    public ActivationFunction Activation { get; init; } = ActivationFunction.Relu;

    /// <summary>How hidden layers are normalised.</summary>
    /// <value>None</value>
    public NetworkNormalisation Normalisation { get; init; } = NetworkNormalisation.None;

    /// <summary>The probability with which each hidden unit is dropped in training, in [0, 1), rounded to a multiple of 2⁻¹⁶.</summary>
    /// <value>0</value>
    public double Dropout { get; init; }

    /// <summary>How the parameters follow the gradient.</summary>
    /// <value>Adam with learning rate 0.001</value>
    public NetworkOptimiser Optimiser { get; init; } = new AdamOptimiser();

    /// <summary>How the learning rate changes.</summary>
    /// <value>It stays the same.</value>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>
    /// λ, at least 0, on weights only: adds λw to the gradient of the mean loss, or, with <see cref="AdamWOptimiser"/>, shrinks the weights directly.
    /// </summary>
    /// <value>0</value>
    public double WeightDecay { get; init; }

    /// <summary>The most passes over the labelled items; at least 1.</summary>
    /// <value>200</value>
    public int Epochs { get; init; } = 200;

    /// <summary>Items in a step; at least 1. The last step of an epoch takes what is left.</summary>
    /// <value>32</value>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Where validation items are given: training stops after so many epochs without a lower validation loss, at least 1, and the parameters of the best epoch
    /// are restored; null trains all epochs and keeps the last.
    /// </summary>
    /// <value>20</value>
    public int? EarlyStoppingPatience { get; init; } = 20;

    /// <summary>
    /// Whether features are standardised with the labelled items' means and deviations; constant features are centred only. Either way, numbers beyond ±10⁶
    /// that would enter the network count as ±10⁶, so that float32 does not overflow.
    /// </summary>
    /// <value>true</value>
    public bool StandardiseFeatures { get; init; } = true;

    /// <summary>Whether regression targets are standardised; predictions are in the targets' own units in either case.</summary>
    /// <value>true</value>
    public bool StandardiseTargets { get; init; } = true;

    /// <summary>
    /// The weight of each class in the loss, one for each class of the task, finite and at least 0; null for equal weights. Classification only.
    /// </summary>
    /// <value>null</value>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Whether class c with n(c) of N labelled items gets the weight N/(K n(c)), with K the number of classes present; multiplies
    /// <see cref="ClassWeights"/>. Classification only.
    /// </summary>
    /// <value>false</value>
    public bool BalanceClasses { get; init; }

    /// <summary>
    /// The most threads; −1 for all cores. Predictions share out their rows. Training shares out each step where batch size times parameters is at least about
    /// 3·10⁶ and batches have 16 rows or more for each thread, except with batch normalisation, whose rows depend on each other. No bit of the result depends
    /// on it.
    /// </summary>
    /// <value>1</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    /// <summary>Checks the settings, and copies the lists that their maker could still change.</summary>
    internal NeuralNetworkOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(HiddenWidths);
        ArgumentNullException.ThrowIfNull(Optimiser);
        ArgumentNullException.ThrowIfNull(Schedule);
        foreach (int width in HiddenWidths)
        {
            Guard.Positive(width, nameof(HiddenWidths));
        }

        if (!Enum.IsDefined(Activation))
        {
            throw new ArgumentOutOfRangeException(nameof(Activation), Activation, Guard.Text($"Activation is {Activation}; there is none of that number."));
        }

        if (!Enum.IsDefined(Normalisation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Normalisation), Normalisation, Guard.Text($"Normalisation is {Normalisation}; there is none of that number."));
        }

        NetworkGuard.BelowOne(Dropout);
        Optimiser.Validate();
        Guard.NonNegative(WeightDecay);
        Guard.Positive(Epochs);
        Guard.Positive(BatchSize);
        Guard.Positive(EarlyStoppingPatience ?? 1, nameof(EarlyStoppingPatience));
        Guard.Threads(MaxDegreeOfParallelism);
        foreach (double weight in ClassWeights ?? [])
        {
            Guard.NonNegative(weight, nameof(ClassWeights));
        }

        return this with { HiddenWidths = [.. HiddenWidths], ClassWeights = ClassWeights is null ? null : [.. ClassWeights] };
    }
}
