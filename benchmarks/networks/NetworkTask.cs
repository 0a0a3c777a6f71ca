using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.NetworkBenchmarks;

/// <summary>A dataset, how it is split, and the network that both sides train on it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">All items.</param>
/// <param name="Standardise">Whether features are standardised on the training rows.</param>
/// <param name="HiddenWidth">Units of the one hidden layer.</param>
/// <param name="BatchSize">Items in a step of Adam.</param>
/// <param name="Epochs">Epochs.</param>
/// <param name="Splits">Training and test rows for each seed.</param>
internal sealed record NetworkTask(
    string Name, DatasetView Data, bool Standardise, int HiddenWidth, int BatchSize, int Epochs, IReadOnlyList<(int[] Train, int[] Test)> Splits)
{
    public const double LearningRate = 0.001;

    public const int Seeds = 5;

    public NeuralNetworkOptions Options => new()
    {
        HiddenWidths = [HiddenWidth],
        Optimiser = new AdamOptimiser { LearningRate = LearningRate },
        BatchSize = BatchSize,
        Epochs = Epochs,
        StandardiseFeatures = Standardise,
    };

    /// <summary>A fifth of the rows at random to test on, for each seed.</summary>
    public static IReadOnlyList<(int[] Train, int[] Test)> Fifths(int count) =>
    [
        .. Enumerable.Range(0, Seeds).Select(seed =>
        {
            int[] order = [.. Enumerable.Range(0, count)];
            new RandomStream(seed).Child("split").Shuffle(order.AsSpan());
            return (order[(count / 5)..], order[..(count / 5)]);
        }),
    ];

    /// <summary>So many of the first rows at random to train on, for each seed, and all rows behind those to test on.</summary>
    public static IReadOnlyList<(int[] Train, int[] Test)> Subsets(int trainingRows, int count, int size) =>
    [
        .. Enumerable.Range(0, Seeds).Select(seed =>
        {
            int[] order = [.. Enumerable.Range(0, trainingRows)];
            new RandomStream(seed).Child("split").Shuffle(order.AsSpan());
            return (order[..size], Enumerable.Range(trainingRows, count - trainingRows).ToArray());
        }),
    ];
}
