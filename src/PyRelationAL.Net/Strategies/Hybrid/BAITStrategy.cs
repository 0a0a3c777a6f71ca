using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// BAIT: the batch that leaves least expected error of the last layer's weights, tr(M⁻¹F), with the Fisher information of a softmax layer I(x) = (diag(p) −
/// ppᵀ) ⊗ hhᵀ, F its mean over pool and labelled items, and M = λI + (L/(L + b)) · its mean over the labelled + (b/(L + b)) Σ I(x) over the batch.
/// </summary>
/// <remarks>
/// <para>
/// Ash, Goel, Krishnamurthy and Kakade, "Gone fishing: neural active learning with Fisher embeddings", NeurIPS 2021. Greedily, 2b candidates are taken, the one
/// that lowers the trace most each time; then those are given back, one by one, whose loss raises it least. Ties go to the lowest index.
/// </para>
/// <para>
/// Gains follow from two C×C matrices for each candidate, updated by rank C: O(b·N·C²·(C + D)) time, in parallel over candidates, after
/// O(N·(C·D)² + (C·D)³) to begin with; O(N·C² + (C·D)²) memory. C·D may be 4,096 at most. On a large pool, use a <see cref="SubPoolStrategy"/>.
/// </para>
/// </remarks>
public sealed class BAITStrategy : Strategy
{
    private readonly double _regularisation;

    /// <summary>Creates the strategy.</summary>
    /// <param name="regularisation">λ, greater than 0. Default: 1, as in the authors' code.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not positive and finite.</exception>
    public BAITStrategy(double regularisation = 1)
    {
        _regularisation = Guard.Positive(regularisation);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.ClassProbabilities | Capabilities.Embeddings | Capabilities.GradientEmbeddings);

    /// <summary>Selects positions from class probabilities and embeddings.</summary>
    /// <param name="probabilities">p of the candidates [N×C].</param>
    /// <param name="embeddings">h of the candidates [N×D].</param>
    /// <param name="labelledProbabilities">p of the labelled items [L×C]; L may be 0.</param>
    /// <param name="labelledEmbeddings">h of the labelled items [L×D].</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="regularisation">λ, greater than 0.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or C·D is above 4,096.</exception>
    public static int[] Select(
        ClassProbabilities probabilities,
        FeatureMatrix embeddings,
        ClassProbabilities labelledProbabilities,
        FeatureMatrix labelledEmbeddings,
        int count,
        double regularisation = 1,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labelledProbabilities);
        ArgumentNullException.ThrowIfNull(labelledEmbeddings);
        Guard.SameLength(probabilities.RowCount, embeddings.RowCount, "embeddings", nameof(embeddings));
        Guard.SameLength(labelledProbabilities.RowCount, labelledEmbeddings.RowCount, "embeddings of the labelled items", nameof(labelledEmbeddings));
        if (labelledProbabilities.RowCount > 0)
        {
            Guard.SameLength(probabilities.ClassCount, labelledProbabilities.ClassCount, "classes of the labelled items", nameof(labelledProbabilities));
        }

        return FisherSelection.Select(
            new FisherInformation(embeddings, probabilities),
            new FisherInformation(labelledEmbeddings, labelledProbabilities),
            count,
            regularisation,
            maxDegreeOfParallelism,
            cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        bool cold = context.Labelled.Count == 0;
        // Asked for only where they exist: predicting nothing is a request that some models refuse.
        return new Batch(Select(
            context.ClassProbabilities,
            context.PoolRows(FeatureSpace.Embeddings),
            cold ? new ClassProbabilities([], context.Task.ClassCount) : context.LabelledClassProbabilities,
            cold ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.LabelledRows(FeatureSpace.Embeddings),
            count,
            _regularisation,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }
}
