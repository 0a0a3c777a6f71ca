using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// BAIT for regression: the batch that leaves least expected variance of a linear model on the rows φ, tr(M⁻¹F), with F the mean of φφᵀ over pool and labelled
/// items, and M = λI + (L/(L + b)) · its mean over the labelled + (b/(L + b)) Σ φφᵀ over the batch. No prediction is used.
/// </summary>
/// <remarks>
/// <para>
/// Ash, Goel, Krishnamurthy and Kakade, NeurIPS 2021; as a kernel method Holzmüller, Zaverkin, Kästner and Steinwart, "A framework and benchmark for deep batch
/// active learning for regression", JMLR 2023. Forward and backward as in <see cref="BAITStrategy"/>; ties go to the lowest index.
/// </para>
/// <para>O(b·N·D) time, in parallel over candidates, after O(N·D² + D³); O(N + D²) memory beside the rows. D may be 4,096 at most.</para>
/// </remarks>
public sealed class RegressionBAITStrategy : Strategy
{
    private readonly double _regularisation;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="regularisation">λ, greater than 0. Default: 1.</param>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, as in the papers.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not positive and finite.</exception>
    public RegressionBAITStrategy(double regularisation = 1, FeatureSpace space = FeatureSpace.Features)
    {
        _regularisation = Guard.Positive(regularisation);
        _space = space;
        Requirements = new Requirements(TaskKinds.Regression, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">φ of the candidates [N×D].</param>
    /// <param name="labelled">φ of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="regularisation">λ, greater than 0.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or D is above 4,096.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        double regularisation = 1,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        return FisherSelection.Select(
            new FisherInformation(candidates, null),
            new FisherInformation(labelled, null),
            count,
            regularisation,
            maxDegreeOfParallelism,
            cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            _regularisation,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }
}
