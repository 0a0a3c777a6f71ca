using System.Runtime.CompilerServices;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Features by contrast for the rounds of runs. What the dataset's features teach depends on the set of items that a round knows, pool included, and on the
/// run's seed, not on the round: as long as the set stays the same, it is learned once. Embeddings change from round to round, and are learned from anew.
/// </summary>
/// <param name="consumer">Names the stream of randomness.</param>
/// <param name="distinctive">Whether with rotations.</param>
/// <param name="learning">How.</param>
/// <param name="space">What from.</param>
internal sealed class ContrastiveFeatures(string consumer, bool distinctive, ContrastiveLearning learning, FeatureSpace space)
{
    private readonly ConditionalWeakTable<RunScope, Learned> _learned = [];

    /// <summary>The features of the pool, and behind them of the labelled items, under each of the first shifts.</summary>
    public FeatureMatrix[] Of(QueryContext context, int shifts)
    {
        var rows = StandardisedRows.Of(context, space);
        ContrastiveEncoder encoder = Encoder(context, rows);
        return
        [
            .. Enumerable.Range(0, shifts).Select(shift => encoder.Encode(
                rows, context.Pool.Count + context.Labelled.Count, shift, context.MaxDegreeOfParallelism, context.CancellationToken)),
        ];
    }

    private ContrastiveEncoder Encoder(QueryContext context, StandardisedRows rows)
    {
        ContrastiveEncoder Learn(RandomStream random) =>
            ContrastiveEncoder.Learn(rows, distinctive, learning, random, context.CancellationToken);

        if (context.Run is not { } run || space != FeatureSpace.Features)
        {
            return Learn(context.RandomFor(consumer));
        }

        int[] items = SelectionRows.JoinedIndices(context);
        Array.Sort(items);
        if (!_learned.TryGetValue(run, out Learned? known) || !known.Items.AsSpan().SequenceEqual(items))
        {
            known = new Learned(items, Learn(run.RandomFor(consumer)));
            _learned.AddOrUpdate(run, known);
        }

        return known.Encoder;
    }

    private sealed record Learned(int[] Items, ContrastiveEncoder Encoder);
}
