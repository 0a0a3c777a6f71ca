namespace PyRelationAL.Models;

/// <summary>How ∫ σ(f) N(f; μ, v) df, the logistic function averaged over a Gaussian, is computed.</summary>
public enum LogisticIntegral
{
    /// <summary>
    /// The logistic function replaced by a weighted sum of five error functions, as scikit-learn does (Williams and Barber, "Bayesian classification with
    /// Gaussian processes", IEEE PAMI 1998, appendix A). Fast; off by up to 4.4e-4, and 0 or 1 to rounding where the logistic function is nearer to it than
    /// about 1e-6.
    /// </summary>
    ErrorFunctions,

    /// <summary>The trapezoidal rule with a step fitted to the narrower of the two functions: an error below 1e-9, at many times the cost.</summary>
    Quadrature,
}
