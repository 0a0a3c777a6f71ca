using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// So many training items, drawn uniformly, are labelled at the start. Of an open-set pool the share r of items of unknown classes is kept: ⌊n·r⌋ of the n are
/// known to be of none of the classes.
/// </summary>
/// <remarks>
/// The start of ALScope (Wu et al., arXiv 2508.04937, 2025), whose n_initial is n. r is the share among the training items; half an item of tolerance makes up
/// for its rounding when the pool was thinned to it. The other starts draw known items only. Only items that have a label are drawn; classes may be left
/// without one.
/// </remarks>
public sealed record RandomStart : Start
{
    /// <summary>Creates the start.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public RandomStart(int count)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, Invariant($"{count} labelled items were asked for; a start needs at least 1."));
        }

        Count = count;
    }

    /// <summary>n, the number of items that are labelled at the start.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override string Name => Invariant($"random:{Count}");

    /// <summary>A data manager that starts with n labels.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="fold">Training and test items.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <param name="count">n, at least 1.</param>
    /// <returns>The data manager.</returns>
    /// <exception cref="ArgumentException">n is out of range, or too few training items have a label.</exception>
    public static DataManager Create(IDataset dataset, Fold fold, long seed, int count) => new RandomStart(count).CreateDataManager(dataset, fold, seed);

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        int[] outside = [.. fold.Train.Where(i => dataset.GetLabel(i).IsOutOfDistribution)];
        int[] known = [.. fold.Train.Where(i => dataset.GetLabel(i) is { IsOutOfDistribution: false, IsMissing: false })];
        int unknownCount = outside.Length == 0 ? 0 : (int)(Count * (outside.Length + 0.5) / fold.Train.Count);
        if (Count - unknownCount > known.Length || unknownCount > outside.Length)
        {
            int labelled = known.Length + outside.Length;
            throw new ArgumentException(
                Invariant($"{Count} labelled items were asked for and {labelled} training items of dataset '{dataset.Name}' have a label."), nameof(fold));
        }

        RandomStream random = new RandomStream(seed).Child("random start");
        return [.. Drawn(known, Count - unknownCount, random.Child("known")), .. Drawn(outside, unknownCount, random.Child("unknown"))];
    }

    private static IEnumerable<int> Drawn(int[] items, int count, RandomStream random) =>
        random.Sample(items.Length, count).Select(position => items[position]);
}
