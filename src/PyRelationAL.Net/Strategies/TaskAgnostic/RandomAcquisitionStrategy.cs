namespace PyRelationAL.Strategies;

/// <summary>Queries uniformly at random: the baseline that every other strategy has to beat. Needs no model.</summary>
public sealed class RandomAcquisitionStrategy : Strategy
{
    /// <inheritdoc/>
    public override Requirements Requirements => Requirements.None;

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(context.RandomFor(nameof(RandomAcquisitionStrategy)).Sample(context.Pool.Count, count));
    }
}
