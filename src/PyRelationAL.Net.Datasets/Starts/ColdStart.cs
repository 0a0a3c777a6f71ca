using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// The fewest labels to begin with. Classification: one training item, drawn uniformly, of each class that the training part has. Regression: the two
/// training items farthest apart in Euclidean distance between their features, which needs no seed.
/// </summary>
/// <remarks>
/// <para>
/// Distances are taken between the features as the dataset gives them (Scherer et al., 2022, appendix C, does not standardise), in double precision.
/// Of several pairs at exactly the same distance, the first in the order of the smaller, then the larger index; so items that are all alike give the
/// first two.
/// </para>
/// <para>Against <see cref="KPerClassStart"/> with k = 1: the same law for classification, but the cold start is defined for regression, too.</para>
/// </remarks>
public sealed record ColdStart : Start
{
    /// <inheritdoc/>
    public override string Name => "cold";

    /// <summary>A data manager in its cold start.</summary>
    /// <param name="dataset">A classification or regression dataset.</param>
    /// <param name="fold">Training and test items.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <returns>The data manager.</returns>
    /// <exception cref="ArgumentException">No training item has a class; fewer than two have a value; or the task is multi-label.</exception>
    public static DataManager Create(IDataset dataset, Fold fold, long seed) => new ColdStart().CreateDataManager(dataset, fold, seed);

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        return dataset.Task.Kind switch
        {
            TaskKinds.Classification => OnePerClass(dataset, fold, new RandomStream(seed).Child("cold start")),
            TaskKinds.Regression => FarthestTwo(dataset, fold, cancellationToken),
            _ => throw new ArgumentException(
                Invariant($"Dataset '{dataset.Name}' is for {dataset.Task}; a cold start is defined for classification and regression."), nameof(dataset)),
        };
    }

    private static int[] OnePerClass(IDataset dataset, Fold fold, RandomStream random) =>
        [.. TrainItemsByClass(dataset, fold).Select(c => c.Value[random.Child(c.Key).NextInt32(c.Value.Count)])];

    private static int[] FarthestTwo(IDataset dataset, Fold fold, CancellationToken cancellationToken)
    {
        int[] train = [.. fold.Train.Where(i => !dataset.GetLabel(i).IsMissing).Order()];
        if (train.Length < 2)
        {
            throw new ArgumentException(
                Invariant($"{train.Length} training items of dataset '{dataset.Name}' have a value; the cold start for regression needs at least 2."),
                nameof(fold));
        }

        (int first, int second) = FarthestPair.Find(new DatasetView(dataset, train).Features, cancellationToken);
        return [train[first], train[second]];
    }
}
