using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Relative distance: s = minₗ d(x, l), the distance to the nearest labelled item, at least 0; 0 for every candidate where nothing is labelled.
/// </summary>
/// <remarks>
/// PyRelationAL's RelativeDistanceScorer. Distances are not updated within a batch, so the top of the ranking may hold near-duplicates; k-centre greedy (Sener
/// and Savarese, ICLR 2018) updates them. O(N·L·D) time, in parallel over candidates, O((N + L)·D) memory.
/// </remarks>
public sealed class RelativeDistance : IInformativenessFunction
{
    // So many reference rows stay in the cache while a block of candidates passes over them.
    private const int Tile = 64;

    private readonly DistanceMetric _metric;
    private readonly FeatureSpace _space;

    /// <summary>Creates the score.</summary>
    /// <param name="metric">The distance; Euclidean by default.</param>
    /// <param name="space">Where to measure it; the dataset's features by default.</param>
    public RelativeDistance(DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features)
    {
        _metric = metric ?? DistanceMetric.Euclidean;
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None);
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <summary>Distances of candidates to the nearest of some reference rows.</summary>
    /// <param name="candidates">Rows [N×D].</param>
    /// <param name="references">Rows [L×D].</param>
    /// <param name="scores">N scores to write; all 0 where L = 0.</param>
    /// <param name="metric">The distance; Euclidean by default.</param>
    /// <exception cref="ArgumentException">The widths or counts do not fit.</exception>
    public static void Compute(FeatureMatrix candidates, FeatureMatrix references, Span<double> scores, DistanceMetric? metric = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(references);
        Guard.SameLength(candidates.RowCount, scores.Length, "scores", nameof(scores));
        if (references.RowCount > 0)
        {
            Guard.SameLength(candidates.ColumnCount, references.ColumnCount, "columns of the reference rows", nameof(references));
        }

        Nearest(new RowBuffer(candidates), new RowBuffer(references), 0, scores, metric ?? DistanceMetric.Euclidean);
    }

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var candidates = new RowBuffer(context.PoolRows(_space));
        // Asked for only where it exists: embedding nothing is a request that some models refuse.
        RowBuffer? references = context.Labelled.Count == 0 ? null : new RowBuffer(context.LabelledRows(_space));
        var scores = new double[candidates.Count];
        if (references is not null)
        {
            Blocks.ForEach(
                candidates.Count,
                context.MaxDegreeOfParallelism,
                context.CancellationToken,
                (start, count) => Nearest(candidates, references, start, scores.AsSpan(start, count), _metric),
                blockRows: 256);
        }

        return scores;
    }

    private static void Nearest(RowBuffer candidates, RowBuffer references, int start, Span<double> scores, DistanceMetric metric)
    {
        scores.Fill(references.Count == 0 ? 0 : double.PositiveInfinity);
        Span<double> distances = stackalloc double[Tile];
        for (int tile = 0; tile < references.Count; tile += Tile)
        {
            int count = Math.Min(Tile, references.Count - tile);
            ReadOnlySpan<double> rows = references.Rows(tile, count);
            for (int i = 0; i < scores.Length; i++)
            {
                metric.ToRows(candidates[start + i], rows, distances[..count]);
                scores[i] = Math.Min(scores[i], TensorPrimitives.Min<double>(distances[..count]));
            }
        }
    }
}
