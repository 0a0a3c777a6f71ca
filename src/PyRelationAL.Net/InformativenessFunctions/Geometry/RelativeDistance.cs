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
/// and Savarese, ICLR 2018) updates them. O(N·L·D) time, in parallel over candidates, O(N + L·D) memory beside the rows.
/// </remarks>
public sealed class RelativeDistance : IInformativenessFunction
{
    // So many reference rows stay in the cache while a block of candidates passes over them.
    private const int Tile = 64;
    private const int BlockRows = 512;

    private readonly DistanceMetric _metric;
    private readonly FeatureSpace _space;

    /// <summary>Creates the score.</summary>
    /// <param name="metric">The distance; Euclidean by default.</param>
    /// <param name="space">Where to measure it; the dataset's features by default.</param>
    public RelativeDistance(DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features)
    {
        _metric = metric ?? DistanceMetric.Euclidean;
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
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

        Write(candidates, references, scores, metric ?? DistanceMetric.Euclidean, 1, CancellationToken.None);
    }

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix candidates = context.PoolRows(_space);
        var scores = new double[candidates.RowCount];
        // Asked for only where it exists: embedding nothing is a request that some models refuse.
        if (context.Labelled.Count > 0)
        {
            Write(candidates, context.LabelledRows(_space), scores, _metric, context.MaxDegreeOfParallelism, context.CancellationToken);
        }

        return scores;
    }

    private static void Write(
        FeatureMatrix candidates, FeatureMatrix references, Span<double> scores, DistanceMetric metric, int threads, CancellationToken cancellationToken)
    {
        var nearest = new double[candidates.RowCount];
        if (references.RowCount > 0)
        {
            Blocks.ForEach(candidates.RowCount, threads, cancellationToken, Search(candidates, references, nearest, metric), BlockRows);
        }

        nearest.CopyTo(scores);
    }

    /// <summary>Writes the distances of a block of candidates.</summary>
    private static Action<int, int> Search(FeatureMatrix candidates, FeatureMatrix references, double[] nearest, DistanceMetric metric)
    {
        var rows = new RowBuffer(references);
        if (metric == DistanceMetric.Euclidean || metric == DistanceMetric.SquaredEuclidean)
        {
            int columns = references.ColumnCount;
            var search = new NearestPoint(rows.Rows(0, rows.Count).ToArray(), rows.Count, columns);
            return (start, count) =>
            {
                Span<int> which = stackalloc int[BlockRows];
                Span<double> distances = nearest.AsSpan(start, count);
                search.Find(candidates.Values.Slice(start * columns, count * columns), which[..count], distances);
                if (metric == DistanceMetric.Euclidean)
                {
                    TensorPrimitives.Sqrt(distances, distances);
                }
            };
        }

        return (start, count) => Nearest(new RowBuffer(candidates.Slice(start, count)), rows, nearest.AsSpan(start, count), metric);
    }

    private static void Nearest(RowBuffer candidates, RowBuffer references, Span<double> scores, DistanceMetric metric)
    {
        scores.Fill(double.PositiveInfinity);
        Span<double> distances = stackalloc double[Tile];
        for (int tile = 0; tile < references.Count; tile += Tile)
        {
            int count = Math.Min(Tile, references.Count - tile);
            ReadOnlySpan<double> rows = references.Rows(tile, count);
            for (int i = 0; i < scores.Length; i++)
            {
                metric.ToRows(candidates[i], rows, distances[..count]);
                scores[i] = Math.Min(scores[i], TensorPrimitives.Min<double>(distances[..count]));
            }
        }
    }
}
