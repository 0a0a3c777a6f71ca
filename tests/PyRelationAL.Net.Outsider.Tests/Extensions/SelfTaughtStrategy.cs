using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace Outsider.Extensions;

/// <summary>Queries the first of the pool, and has the next model learn its own answer for the last.</summary>
internal sealed class SelfTaughtStrategy : Strategy, IPseudoLabeller
{
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) =>
        [new PseudoLabel(context.Pool.Indices[^1], Label.OfClass(context.ClassProbabilities.ArgMax(context.Pool.Count - 1)))];

    protected override Batch Select(QueryContext context, int count) => new([.. Enumerable.Range(0, count)]);
}
