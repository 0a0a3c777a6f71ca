namespace PyRelationAL.Strategies;

/// <summary>
/// The submodular information measures of <see cref="SIMILARStrategy"/>: what a batch A of the pool U tells about a query set Q, given a private set P. s is
/// the similarity, S its matrix with λ = 1 added to the diagonal; η scales what lies between A and Q, ν what lies between A and P.
/// </summary>
public enum InformationMeasure
{
    /// <summary>
    /// Facility-location conditional mutual information, Σ over i in U of max(min(maxⱼ∈A sᵢⱼ, η maxⱼ∈Q sᵢⱼ) − ν maxⱼ∈P sᵢⱼ, 0): like Q, unlike P, for
    /// open-set pools.
    /// </summary>
    FLCMI,

    /// <summary>
    /// Log-determinant conditional mutual information, ln det(S_A | P) − ln det(S_A | P, Q), with S_A | B = S_A − S_AB S_B⁻¹ S_BA: the same, with diverse
    /// batches.
    /// </summary>
    LogDetCMI,

    /// <summary>
    /// Facility-location mutual information with the query set, Σ over i in Q of maxⱼ∈A sᵢⱼ + η Σ over i in A of maxⱼ∈Q sᵢⱼ: like Q, for rare classes. P
    /// plays no part.
    /// </summary>
    FLQMI,

    /// <summary>Graph-cut mutual information, 2η Σ over i in A, j in Q of sᵢⱼ: most like Q, however alike one another. P plays no part.</summary>
    GCMI,

    /// <summary>Log-determinant mutual information, ln det S_A − ln det(S_A | Q). P plays no part.</summary>
    LogDetMI,

    /// <summary>
    /// Facility-location conditional gain, Σ over i in U of max(maxⱼ∈A sᵢⱼ − ν maxⱼ∈P sᵢⱼ, 0): representative of what is unlike P, which is everything known.
    /// Q plays no part.
    /// </summary>
    FLCG,

    /// <summary>Log-determinant conditional gain, ln det(S_A | P), with P everything known. Q plays no part.</summary>
    LogDetCG,
}
