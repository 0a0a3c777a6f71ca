using PyRelationAL;

namespace Outsider.Extensions;

/// <summary>A strategy without the base class: the lowest indices of the pool.</summary>
internal sealed class OldestStrategy : IStrategy
{
    public string Name => "Oldest";

    public Requirements Requirements => Requirements.None;

    public Suggestion Suggest(QueryContext context, int count) => new(context.Pool.Indices[..Math.Min(count, context.Pool.Count)].ToArray());
}
