namespace PyRelationAL.Models.Covariance;

/// <summary>The smoothness ν of a <see cref="MaternKernel"/>.</summary>
public enum MaternSmoothness
{
    /// <summary>ν = 1/2, k = exp(−r): continuous functions without derivatives (exponential kernel, Ornstein–Uhlenbeck process).</summary>
    Half,

    /// <summary>ν = 3/2, k = (1 + √3 r) exp(−√3 r): functions with one derivative.</summary>
    ThreeHalves,

    /// <summary>ν = 5/2, k = (1 + √5 r + 5r²/3) exp(−√5 r): functions with two derivatives.</summary>
    FiveHalves,
}
