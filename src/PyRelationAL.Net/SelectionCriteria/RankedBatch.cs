using System.Numerics.Tensors;
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
/// <c>Normalise()</c>d score). Similarities are updated, not recomputed: O((L + b)·N·D) time, O(N·D) memory.
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
        Requirements = new Requirements(TaskKinds.Any, space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None);
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
        Select(scores, count, candidates, labelled, similarity ?? Similarity.InverseDistance, CancellationToken.None);

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix labelled = context.Labelled.Count == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.LabelledRows(_space);
        return Select(scores, count, context.PoolRows(_space), labelled, _similarity, context.CancellationToken);
    }

    private static int[] Select(
        ReadOnlySpan<double> scores, int count, FeatureMatrix candidates, FeatureMatrix labelled, Similarity similarity, CancellationToken cancellationToken)
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
        var rows = new RowBuffer(candidates);
        var references = new RowBuffer(labelled);
        var nearest = new double[scores.Length];
        var similarities = new double[scores.Length];
        for (int l = 0; l < references.Count; l++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Approach(nearest, rows, references[l], similarity, similarities);
        }

        var selected = new int[count];
        var taken = new bool[scores.Length];
        for (int k = 0; k < count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int left = scores.Length - k;
            double alpha = (double)left / (left + labelled.RowCount + k);
            int best = -1;
            double bestScore = double.NegativeInfinity;
            for (int i = 0; i < scores.Length; i++)
            {
                double score = (alpha * (1 - nearest[i])) + ((1 - alpha) * scores[i]);
                if (!taken[i] && score > bestScore)
                {
                    best = i;
                    bestScore = score;
                }
            }

            selected[k] = best;
            taken[best] = true;
            Approach(nearest, rows, rows[best], similarity, similarities);
        }

        return selected;
    }

    private static void Approach(double[] nearest, RowBuffer rows, ReadOnlySpan<double> reference, Similarity similarity, double[] similarities)
    {
        similarity.ToRows(reference, rows.Rows(0, rows.Count), similarities);
        TensorPrimitives.Max<double>(nearest, similarities, nearest);
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
