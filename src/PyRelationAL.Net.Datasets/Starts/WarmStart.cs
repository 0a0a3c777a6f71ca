using System.Globalization;
using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>A share of the training items, drawn uniformly, is labelled at the start (Scherer et al., 2022: 10 %).</summary>
/// <remarks>
/// The number of items is the share rounded down, but at least one. Only items that have a label are drawn; those out of distribution are not, nor do they
/// count.
/// </remarks>
public sealed record WarmStart : Start
{
    private const double DefaultShare = 0.1;

    /// <summary>Creates the start.</summary>
    /// <param name="share">The share of the training items, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public WarmStart(double share = DefaultShare)
    {
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(share), share, Invariant($"A labelled share of {share} was asked for; a warm start needs one strictly between 0 and 1."));
        }

        Share = share;
    }

    /// <summary>The share of the training items, strictly between 0 and 1.</summary>
    /// <value>Default: 0.1.</value>
    public double Share { get; }

    /// <inheritdoc/>
    public override string Name => Share == DefaultShare ? "warm" : "warm:" + Share.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A data manager in its warm start.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="fold">Training and test items.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <param name="share">The share of the training items, strictly between 0 and 1.</param>
    /// <returns>The data manager.</returns>
    /// <exception cref="ArgumentException">The share is out of range, or too few training items have a label.</exception>
    public static DataManager Create(IDataset dataset, Fold fold, long seed, double share = DefaultShare) =>
        new WarmStart(share).CreateDataManager(dataset, fold, seed);

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        int[] ofTask = [.. fold.Train.Where(i => !dataset.GetLabel(i).IsOutOfDistribution)];
        int[] candidates = Array.FindAll(ofTask, i => !dataset.GetLabel(i).IsMissing);
        int count = Math.Max(1, InitialSize.OfShare(Share).Resolve(ofTask.Length));
        if (count > candidates.Length)
        {
            throw new ArgumentException(
                Invariant($"{count} labelled items were asked for and {candidates.Length} training items of dataset '{dataset.Name}' have a label."),
                nameof(fold));
        }

        int[] drawn = new RandomStream(seed).Child("warm start").Sample(candidates.Length, count);
        return [.. drawn.Select(position => candidates[position])];
    }
}
