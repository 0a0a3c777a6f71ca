using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Applies another strategy to a random subset of the pool: predictions and scores are computed for the subset only. Grown to the batch where the subset would
/// be smaller.
/// </summary>
public sealed class SubPoolStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy _inner;
    private readonly int _size;

    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">What to apply to the subset.</param>
    /// <param name="size">M, the size of the subset, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public SubPoolStrategy(IStrategy inner, int size)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _size = Guard.Positive(size);
    }

    /// <inheritdoc/>
    public override string Name => Guard.Text($"{_inner.Name} of {_size}");

    /// <inheritdoc/>
    public override Requirements Requirements => _inner.Requirements;

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _inner);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int size = Math.Min(context.Pool.Count, Math.Max(_size, count));
        int[] subset = context.RandomFor(nameof(SubPoolStrategy)).Sample(context.Pool.Count, size);
        Array.Sort(subset);
        return BatchOf(_inner.Suggest(context.Restrict(subset), count), context.Pool);
    }
}
