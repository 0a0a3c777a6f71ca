namespace PyRelationAL.Experiments;

/// <summary>How an interval is made of bootstrap replicates.</summary>
public enum BootstrapMethod
{
    /// <summary>
    /// BCa: quantiles of the replicates, corrected for bias and skewness (Efron, 1987, J. American Statistical Association 82). Second-order accurate; the
    /// better choice for anything skewed.
    /// </summary>
    BiasCorrectedAccelerated = 0,

    /// <summary>The plain α/2 and 1 − α/2 quantiles of the replicates (Efron, 1979, Annals of Statistics 7).</summary>
    Percentile,
}
