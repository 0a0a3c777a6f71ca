using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// Ranked batch mode: one after the other, the candidate with the highest α (1 − maxₗ sim(x, l)) + (1 − α) u(x) is taken, where l runs over the labelled items
/// and what the batch holds already, u is the score, and α = |U| / (|U| + |L|) with U the candidates left. Early on it explores, later it exploits.
/// </summary>
/// <remarks>
/// Cardoso, Silva, Canuto, Moro and Gonçalves, Information Sciences 2017. Scores must lie in [0, 1] (least confidence, margin, normalised entropy, or any
/// <c>Normalise()</c>d score). Similarities are updated, not recomputed, and only those of candidates that may be the best: at most O((L + b)·N·D) time, in
/// parallel over candidates; O(N + (L + b)·D) memory beside the rows. The similarity may be computed on several threads.
/// </remarks>
public sealed class RankedBatch : ISelectionCriterion
{
    private readonly Similarity _similarity;
    private readonly FeatureSpace _space;

    /// <summary>Creates the criterion.</summary>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <param name="space">Where to measure it; the dataset's features by default.</param>
    public RankedBatch(Similarity? similarity = null, FeatureSpace space = FeatureSpace.Features)
    {
        _similarity = similarity ?? Similarity.InverseDistance;
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <summary>Selects positions from scores and rows.</summary>
    /// <param name="scores">N scores in [0, 1].</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D].</param>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">A score is outside [0, 1], or the shapes do not fit.</exception>
    public static int[] Select(
        ReadOnlySpan<double> scores, int count, FeatureMatrix candidates, FeatureMatrix labelled, Similarity? similarity = null) =>
        Select(scores, count, candidates, labelled, similarity ?? Similarity.InverseDistance, -1, CancellationToken.None);

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix labelled = context.Labelled.Count == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.LabelledRows(_space);
        return Select(scores, count, context.PoolRows(_space), labelled, _similarity, context.MaxDegreeOfParallelism, context.CancellationToken);
    }

    private static int[] Select(
        ReadOnlySpan<double> scores,
        int count,
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        Similarity similarity,
        int threads,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        SelectionArguments.Check(scores, count);
        Guard.SameLength(scores.Length, candidates.RowCount, "rows of the candidates", nameof(candidates));
        if (labelled.RowCount > 0)
        {
            Guard.SameLength(candidates.ColumnCount, labelled.ColumnCount, "columns of the labelled rows", nameof(labelled));
        }

        CheckUnitInterval(scores);
        var search = new RankedBatchSearch(scores, candidates, labelled, count, similarity, threads, cancellationToken);
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int left = scores.Length - k;
            selected[k] = search.Take((double)left / (left + labelled.RowCount + k));
        }

        return selected;
    }

    private static void CheckUnitInterval(ReadOnlySpan<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] is < -1e-9 or > 1 + 1e-9)
            {
                throw new ArgumentException(
                    Guard.Text($"The score of candidate {i} is {scores[i]}; ranked batch mode needs scores in [0, 1]. ")
                    + "Use a normalised score, for example score.Normalise().",
                    nameof(scores));
            }
        }
    }
}
