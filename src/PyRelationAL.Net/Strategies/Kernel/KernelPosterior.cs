using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The linear kernel of rows φ given labelled ones: k(x, x′) = φᵀA⁻¹φ′ with A = I + Σ φφᵀ/σ², the sum over labelled rows.</summary>
internal sealed class KernelPosterior
{
    private readonly double[] _precision;

    public KernelPosterior(FeatureMatrix labelled, int width, double noiseVariance, int threads, CancellationToken cancellationToken)
    {
        Guard.Positive(noiseVariance);
        FisherSelection.RefuseLarge(width);
        _precision = FisherSelection.Identity(width, 1);
        if (labelled.RowCount > 0)
        {
            new FisherInformation(labelled, null).AddTo(_precision, 1 / noiseVariance, threads, cancellationToken);
        }
    }

    /// <summary>k(x, x) of each row, and how it changes as rows are taken.</summary>
    public OptimalDesign Design(FeatureMatrix rows, double noiseVariance, int threads, CancellationToken cancellationToken) =>
        new(new FisherInformation(rows, null), 1 / Math.Sqrt(noiseVariance), [.. _precision], 1, null, threads, cancellationToken);

    /// <summary>The lower factor of A.</summary>
    public double[] Factor(int width)
    {
        double[] factor = [.. _precision];
        Cholesky.Factor(factor, width, 1);
        return factor;
    }
}
