using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// MaxDet: greedily, the batch with the largest determinant of the kernel matrix K + σ²I, given what is labelled; each time the candidate of the largest
/// conditional variance σ² + φᵀ(I + Σ φφᵀ/σ²)⁻¹φ, the sum over labelled and taken rows. For a Gaussian process this is what BatchBALD is for classes.
/// </summary>
/// <remarks>
/// <para>
/// Holzmüller, Zaverkin, Kästner and Steinwart, JMLR 2023, with the linear kernel of the rows φ; the greedy algorithm is that of Kirsch, van Amersfoort and Gal
/// (NeurIPS 2019) for regression, and of D-optimal design. No prediction is used. Ties go to the lowest index.
/// </para>
/// <para>
/// Scores are the conditional variances at the time of selection. O(b·N·D) time, in parallel over candidates, after O((N + L)·D² + D³); O(N + D²) memory beside
/// the rows. D may be 4,096 at most.
/// </para>
/// </remarks>
public sealed class MaxDetStrategy : Strategy
{
    private readonly double _noiseVariance;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="noiseVariance">σ², the variance of the observation noise, greater than 0. Default: 1.</param>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, one of the paper's kernels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public MaxDetStrategy(double noiseVariance = 1, FeatureSpace space = FeatureSpace.Features)
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
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
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
        var selected = new int[count];
        var taken = new bool[candidates.RowCount];
        for (int k = 0; k < count; k++)
        {
            int next = TopPositions.LargestLeft(design.Variances, taken);
            if (!variances.IsEmpty)
            {
                variances[k] = noiseVariance + design.Variances[next];
            }

            selected[k] = next;
            taken[next] = true;
            design.Update(next, 1);
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
