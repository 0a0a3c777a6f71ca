using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Information density: a base score weighted by how many candidates are like this one, s(x) = φ(x) · ((1/N) Σᵤ sim(x, u))^β, the sum over the whole pool, x
/// included.
/// </summary>
/// <remarks>
/// Settles and Craven, EMNLP 2008. Keeps uncertainty sampling away from outliers. O(N²·D) time, in parallel over candidates; O(N·D) memory.
/// </remarks>
public sealed class InformationDensity : IInformativenessFunction, ITrainingParticipant
{
    // So many rows stay in the cache while a block of candidates passes over them.
    private const int Tile = 64;

    private readonly IInformativenessFunction _score;
    private readonly Similarity _similarity;
    private readonly double _beta;
    private readonly FeatureSpace _space;

    /// <summary>Creates the score.</summary>
    /// <param name="score">The base score φ; at least 0, or density would count the wrong way round.</param>
    /// <param name="beta">β, at least 0: the weight of density. Default: 1.</param>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <param name="space">Where to measure it; the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is negative or not finite.</exception>
    public InformationDensity(
        IInformativenessFunction score, double beta = 1, Similarity? similarity = null, FeatureSpace space = FeatureSpace.Features)
    {
        ArgumentNullException.ThrowIfNull(score);
        _score = score;
        _beta = Guard.NonNegative(beta);
        _similarity = similarity ?? Similarity.InverseDistance;
        _space = space;
        Requirements = score.Requirements.And(new Requirements(TaskKinds.Any, space.Needs()));
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <summary>The density of each row among all rows: (1/N) Σᵤ sim(x, u), in [0, 1]. O(N²·D).</summary>
    /// <param name="rows">Rows [N×D].</param>
    /// <param name="densities">N densities to write.</param>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static void ComputeDensity(FeatureMatrix rows, Span<double> densities, Similarity? similarity = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.SameLength(rows.RowCount, densities.Length, "densities", nameof(densities));
        WriteDensity(new RowBuffer(rows), 0, densities, similarity ?? Similarity.InverseDistance);
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, _score);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rows = new RowBuffer(context.PoolRows(_space));
        var scores = new double[rows.Count];
        Blocks.ForEach(
            rows.Count,
            context.MaxDegreeOfParallelism,
            context.CancellationToken,
            (start, count) => WriteDensity(rows, start, scores.AsSpan(start, count), _similarity),
            blockRows: 64);

        double[] basis = context.Score(_score);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = basis[i] * Math.Pow(scores[i], _beta);
        }

        return scores;
    }

    private static void WriteDensity(RowBuffer rows, int start, Span<double> densities, Similarity similarity)
    {
        densities.Clear();
        Span<double> similarities = stackalloc double[Tile];
        for (int tile = 0; tile < rows.Count; tile += Tile)
        {
            int count = Math.Min(Tile, rows.Count - tile);
            for (int i = 0; i < densities.Length; i++)
            {
                similarity.ToRows(rows[start + i], rows.Rows(tile, count), similarities[..count]);
                densities[i] += TensorPrimitives.Sum<double>(similarities[..count]);
            }
        }

        TensorPrimitives.Divide(densities, rows.Count, densities);
    }
}
