using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// CAL, contrastive active learning: candidates that lie near labelled items and are yet predicted differently. s = (1/k) Σₗ KL(p(·|xₗ) ‖ p(·|x)) over the k
/// labelled items nearest to x, at least 0.
/// </summary>
/// <remarks>
/// Margatina, Vernikos, Barrault and Aletras, "Active learning by acquiring contrastive examples", EMNLP 2021. Neighbours are labelled items only, never the
/// candidate itself. Probabilities are raised to 1e-7 and normalised again, so that the divergence is finite. All labelled items are neighbours where
/// there are fewer than k; where nothing is labelled, the batch is drawn at random. Ties by the lowest index. O(N·(L·D + k·C)) time, in parallel over
/// candidates; O((N + L)·D + N·k) memory.
/// </remarks>
public sealed class CALStrategy : Strategy
{
    private const double Smallest = 1e-7;

    private readonly int _neighbours;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="neighbours">k, at least 1. Default: 10.</param>
    /// <param name="space">Where to look for neighbours (Euclidean); the dataset's features by default, the paper uses embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public CALStrategy(int neighbours = 10, FeatureSpace space = FeatureSpace.Features)
    {
        _neighbours = Guard.Positive(neighbours);
        _space = space;
        Requirements = new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities | space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Scores candidates.</summary>
    /// <param name="probabilities">P of the candidates [N×C].</param>
    /// <param name="candidates">Their rows [N×D].</param>
    /// <param name="labelledProbabilities">P of the labelled items [L×C], L at least 1.</param>
    /// <param name="labelled">Their rows [L×D].</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or nothing is labelled.</exception>
    public static void Compute(
        ClassProbabilities probabilities,
        FeatureMatrix candidates,
        ClassProbabilities labelledProbabilities,
        FeatureMatrix labelled,
        Span<double> scores,
        int neighbours = 10,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labelledProbabilities);
        SelectionRows.Check(candidates, labelled, 0);
        Guard.Positive(neighbours);
        Guard.Positive(labelled.RowCount, nameof(labelled));
        Guard.SameLength(candidates.RowCount, probabilities.RowCount, "probabilities", nameof(probabilities));
        Guard.SameLength(labelled.RowCount, labelledProbabilities.RowCount, "labelled probabilities", nameof(labelledProbabilities));
        Guard.SameLength(probabilities.ClassCount, labelledProbabilities.ClassCount, "classes of the labelled items", nameof(labelledProbabilities));
        Guard.SameLength(candidates.RowCount, scores.Length, "scores", nameof(scores));

        var nearest = NearestRows.Find(candidates, labelled, neighbours, DistanceMetric.Euclidean, maxDegreeOfParallelism, cancellationToken);
        int classes = probabilities.ClassCount;
        double[] p = Raised(labelledProbabilities), q = Raised(probabilities);
        for (int i = 0; i < scores.Length; i++)
        {
            double sum = 0;
            foreach (int l in nearest.Of(i))
            {
                for (int c = 0; c < classes; c++)
                {
                    double pl = p[(l * classes) + c];
                    sum += pl * Math.Log(pl / q[(i * classes) + c]);
                }
            }

            // Rounding can leave a little below 0 where the predictions are the same.
            scores[i] = Math.Max(0, sum / nearest.Count);
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClassProbabilities probabilities = context.ClassProbabilities;
        if (context.Labelled.Count == 0)
        {
            return new Batch(context.RandomFor(nameof(CALStrategy)).Sample(probabilities.RowCount, count));
        }

        var scores = new double[probabilities.RowCount];
        Compute(
            probabilities,
            context.PoolRows(_space),
            context.LabelledClassProbabilities,
            context.LabelledRows(_space),
            scores,
            _neighbours,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, [.. selected.Select(i => scores[i])]);
    }

    private static double[] Raised(ClassProbabilities probabilities)
    {
        double[] raised = probabilities.Values.ToArray();
        for (int i = 0; i < probabilities.RowCount; i++)
        {
            Span<double> row = raised.AsSpan(i * probabilities.ClassCount, probabilities.ClassCount);
            System.Numerics.Tensors.TensorPrimitives.Max(row, Smallest, row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, System.Numerics.Tensors.TensorPrimitives.Sum<double>(row), row);
        }

        return raised;
    }
}
