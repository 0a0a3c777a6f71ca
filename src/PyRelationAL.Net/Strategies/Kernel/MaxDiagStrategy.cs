using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// MaxDiag: the candidates of the largest conditional variance σ² + φᵀ(I + Σ φφᵀ/σ²)⁻¹φ given what is labelled; of nothing labelled, the longest rows. The
/// first is that of <see cref="MaxDetStrategy"/>, which goes on to count what is taken; this one does not, so its batch may hold near duplicates.
/// </summary>
/// <remarks>
/// <para>
/// Holzmüller, Zaverkin, Kästner and Steinwart, JMLR 2023: their MaxDiag on the posterior kernel of the training data, which ranks as BALD does for a
/// Bayesian linear model of the rows φ. No prediction is used.
/// </para>
/// <para>
/// Scores are the variances; ties go to the lowest index. O((N + L)·D² + D³) time, in parallel; O(N + D²) memory beside the rows. D may be 4,096 at most.
/// </para>
/// </remarks>
public sealed class MaxDiagStrategy : Strategy
{
    private readonly double _noiseVariance;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="noiseVariance">σ², the variance of the observation noise, greater than 0. Default: 1.</param>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, one of the paper's kernels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public MaxDiagStrategy(double noiseVariance = 1, FeatureSpace space = FeatureSpace.Features)
    {
        _noiseVariance = Guard.Positive(noiseVariance);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">φ of the candidates [N×D].</param>
    /// <param name="labelled">φ of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="noiseVariance">σ², greater than 0.</param>
    /// <param name="variances">Gets the conditional variance of each selected one; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions, the largest variance first.</returns>
    /// <exception cref="ArgumentException">The widths differ, there is room for some variances but not for all, or D is above 4,096.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        double noiseVariance = 1,
        Span<double> variances = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count, variances);
        var posterior = new KernelPosterior(labelled, candidates.ColumnCount, noiseVariance, maxDegreeOfParallelism, cancellationToken);
        if (count == 0)
        {
            return [];
        }

        OptimalDesign design = posterior.Design(candidates, noiseVariance, maxDegreeOfParallelism, cancellationToken);
        int[] selected = TopPositions.Of(design.Variances, count);
        for (int k = 0; k < variances.Length; k++)
        {
            variances[k] = noiseVariance + design.Variances[selected[k]];
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var variances = new double[count];
        int[] selected = Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            _noiseVariance,
            variances,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        return new Batch(selected, variances);
    }
}
