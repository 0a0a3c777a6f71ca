using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace Outsider.Extensions;

/// <summary>A strategy by the library's base class: half the batch by a score, half at random.</summary>
internal sealed class HalfRandomStrategy : Strategy
{
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    protected override Batch Select(QueryContext context, int count)
    {
        double[] scores = context.Score(new Gini());
        int[] best = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count / 2)];
        int[] rest = [.. Enumerable.Range(0, scores.Length).Except(best)];
        return new Batch([.. best, .. context.RandomFor("rest").Sample(rest.Length, count - best.Length).Select(i => rest[i])]);
    }
}
