using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Lightweight core-set: draws candidates without replacement by ½ · 1/N + ½ · d²/Σ d², d the distance to the pool's mean: the whole pool, and its rim more
/// often.
/// </summary>
/// <remarks>
/// <para>
/// Bachem, Lucic and Krause, "Scalable k-means clustering via lightweight coresets", KDD 2018; as a query in small-text. What is labelled is not looked at.
/// </para>
/// <para>Where all candidates are the same the draw is uniform. There are no scores. O(N·D) time, O(N) memory beside the rows.</para>
/// </remarks>
public sealed class LightweightCoresetStrategy : Strategy
{
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="space">Where to measure distances (Euclidean); the dataset's features by default.</param>
    public LightweightCoresetStrategy(FeatureSpace space = FeatureSpace.Features)
    {
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>ln(½ · 1/N + ½ · d²/Σ d²) of each row.</summary>
    /// <param name="rows">Rows [N×D], at least one.</param>
    /// <returns>N logarithms of probabilities.</returns>
    public static double[] LogProbabilities(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int n = rows.RowCount;
        double[] distances = SelectionRows.SquaredDistancesToMean(rows);
        double sum = System.Numerics.Tensors.TensorPrimitives.Sum<double>(distances);
        return Array.ConvertAll(distances, d => Math.Log(sum > 0 ? (0.5 / n) + (0.5 * d / sum) : 1.0 / n));
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(WeightedSampling.WithoutReplacement(
            LogProbabilities(context.PoolRows(_space)), count, context.RandomFor(nameof(LightweightCoresetStrategy))));
    }
}
