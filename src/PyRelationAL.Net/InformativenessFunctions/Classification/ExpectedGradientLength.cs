using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Expected gradient length: how far one step of training on the item would move the last layer, whatever its label turns out to be,
/// s = Σ_c p_c ‖(p − onehot(c)) ⊗ h‖ = ‖h‖ Σ_c p_c ‖p − onehot(c)‖, at least 0. 0 for a one-hot row and where C = 1.
/// </summary>
/// <remarks>
/// Settles, Craven and Ray, "Multiple-instance active learning", NIPS 2007, for a softmax layer without its biases. Grows with the length of the embedding, so
/// it favours outliers and long documents where embeddings are not normalised. O(N·(C + D)), in parallel over candidates.
/// </remarks>
public sealed class ExpectedGradientLength : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities | Capabilities.GradientEmbeddings);

    /// <summary>Scores rows of class probabilities and embeddings. O(N·(C + D)).</summary>
    /// <param name="probabilities">Probabilities [N×C], row-major; every row finite, non-negative and summing to 1.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="embeddings">h [N×D].</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a row is no probability distribution.</exception>
    public static void Compute(ReadOnlySpan<double> probabilities, int classCount, FeatureMatrix embeddings, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ScoreArguments.CheckProbabilities(probabilities, classCount, scores.Length);
        Guard.SameLength(scores.Length, embeddings.RowCount, "embeddings", nameof(embeddings));
        Write(probabilities, classCount, embeddings, scores);
    }

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClassProbabilities p = context.ClassProbabilities;
        FeatureMatrix h = context.GradientEmbeddings.Embeddings;
        var scores = new double[p.RowCount];
        Blocks.ForEach(p.RowCount, context.MaxDegreeOfParallelism, context.CancellationToken, (start, count) =>
            Write(p.Values.Slice(start * p.ClassCount, count * p.ClassCount), p.ClassCount, h.Slice(start, count), scores.AsSpan(start, count)));
        return scores;
    }

    private static void Write(ReadOnlySpan<double> probabilities, int classCount, FeatureMatrix embeddings, Span<double> scores)
    {
        var points = new RowPoints(embeddings);
        for (int i = 0; i < scores.Length; i++)
        {
            ReadOnlySpan<double> p = probabilities.Slice(i * classCount, classCount);
            int best = TensorPrimitives.IndexOfMax(p);
            // The squares but the largest, so that nothing cancels where a class is nearly certain: ‖p − onehot(c)‖² = Σ_j≠c p_j² + (1 − p_c)².
            double others = TensorPrimitives.SumOfSquares(p[..best]) + TensorPrimitives.SumOfSquares(p[(best + 1)..]), length = 0;
            for (int c = 0; c < classCount; c++)
            {
                double rest = c == best ? others : Math.Max(0, others - (p[c] * p[c])) + (p[best] * p[best]);
                length += p[c] * Math.Sqrt(rest + ((1 - p[c]) * (1 - p[c])));
            }

            scores[i] = Math.Sqrt(points.SquaredNorm(i)) * length;
        }
    }
}
