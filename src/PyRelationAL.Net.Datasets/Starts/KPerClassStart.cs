using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>k training items of each class, drawn uniformly, are labelled at the start; a class that has fewer gives all it has.</summary>
/// <remarks>For the same seed, the items for k are among those for every larger k.</remarks>
public sealed record KPerClassStart : Start
{
    /// <summary>Creates the start.</summary>
    /// <param name="k">Items of each class, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public KPerClassStart(int k)
    {
        if (k < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, Invariant($"{k} labelled items per class were asked for; a start needs at least 1."));
        }

        K = k;
    }

    /// <summary>Items of each class.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override string Name => Invariant($"kperclass:{K}");

    /// <summary>A data manager that starts with k labels of each class.</summary>
    /// <param name="dataset">A classification dataset.</param>
    /// <param name="fold">Training and test items.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <param name="k">Items of each class, at least 1.</param>
    /// <returns>The data manager.</returns>
    /// <exception cref="ArgumentException">k is out of range, no training item has a class, or the dataset is not for classification.</exception>
    public static DataManager Create(IDataset dataset, Fold fold, long seed, int k) => new KPerClassStart(k).CreateDataManager(dataset, fold, seed);

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        if (dataset.Task.Kind != TaskKinds.Classification)
        {
            throw new ArgumentException(
                Invariant($"Dataset '{dataset.Name}' is for {dataset.Task}; a start with {K} items per class needs classification."), nameof(dataset));
        }

        RandomStream random = new RandomStream(seed).Child("k per class start");
        return
        [
            .. TrainItemsByClass(dataset, fold).SelectMany(c =>
                random.Child(c.Key).Sample(c.Value.Count, Math.Min(K, c.Value.Count)).Select(position => c.Value[position])),
        ];
    }
}
