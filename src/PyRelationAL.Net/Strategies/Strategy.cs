using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// The base of the strategies. It clamps the batch to the pool, checks what was selected, and maps pool positions to dataset indices: the one place where that
/// happens. A strategy of one's own overrides <see cref="Select"/> and <see cref="Requirements"/>.
/// </summary>
public abstract class Strategy : IStrategy
{
    private const string Suffix = "Strategy";

    /// <summary>The type's name without "Strategy".</summary>
    public virtual string Name
    {
        get
        {
            string name = GetType().Name;
            return name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length ? name[..^Suffix.Length] : name;
        }
    }

    /// <inheritdoc/>
    public abstract Requirements Requirements { get; }

    /// <inheritdoc/>
    public Suggestion Suggest(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.CancellationToken.ThrowIfCancellationRequested();
        count = Math.Clamp(count, 0, context.Pool.Count);
        if (count == 0)
        {
            return Suggestion.Empty;
        }

        Requirements.Verify(Name, context.Task, context.Model);
        Batch batch = Select(context, count);
        return new Suggestion(ToDatasetIndices(batch.Positions, count, context.Pool), batch.Scores);
    }

    /// <summary>The strategy's name.</summary>
    /// <returns><c>Strategy: </c> and the type's name, as PyRelationAL prints it.</returns>
    public override string ToString() => $"Strategy: {GetType().Name}";

    /// <summary>Selects a batch.</summary>
    /// <param name="context">The pool and what the model says of it.</param>
    /// <param name="count">How many, in [1, pool].</param>
    /// <returns>Exactly <paramref name="count"/> distinct pool positions, best first, with scores where there are any.</returns>
    protected abstract Batch Select(QueryContext context, int count);

    /// <summary>Another strategy's suggestion for this pool, as a batch of this one's.</summary>
    private protected static Batch BatchOf(Suggestion suggestion, DatasetView pool)
    {
        // The pool ascends, so that a binary search finds each item.
        var positions = new int[suggestion.Indices.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = pool.Indices.BinarySearch(suggestion.Indices[i]);
        }

        return new Batch(positions, suggestion.Scores?.ToArray());
    }

    private int[] ToDatasetIndices(ReadOnlySpan<int> positions, int count, DatasetView pool)
    {
        if (positions.Length != count)
        {
            throw new InvalidOperationException(Guard.Text($"{Name} selected {positions.Length} candidates; {count} were asked for."));
        }

        var seen = new HashSet<int>(count);
        var indices = new int[count];
        for (int i = 0; i < count; i++)
        {
            if ((uint)positions[i] >= (uint)pool.Count || !seen.Add(positions[i]))
            {
                throw new InvalidOperationException(
                    Guard.Text($"{Name} selected pool position {positions[i]}, which is outside the pool of {pool.Count} or selected twice."));
            }

            indices[i] = pool.Indices[positions[i]];
        }

        return indices;
    }

    /// <summary>What <see cref="Select"/> returns.</summary>
    /// <param name="Positions">Distinct pool positions, best first.</param>
    /// <param name="Scores">The score of each, or null.</param>
    protected readonly record struct Batch(int[] Positions, double[]? Scores = null);
}
