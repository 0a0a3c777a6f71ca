namespace PyRelationAL.Datasets;

/// <summary>
/// All training items that have a label of the task are labelled at the start: nothing is left to query, and the only model is the one that strategies are
/// measured against.
/// </summary>
public sealed record FullStart : Start
{
    /// <summary>The name.</summary>
    public const string FullName = "full";

    /// <inheritdoc/>
    public override string Name => FullName;

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        return [.. fold.Train.Where(i => dataset.GetLabel(i) is { IsMissing: false, IsOutOfDistribution: false })];
    }
}
