namespace PyRelationAL.InformativenessFunctions;

/// <summary>How <see cref="Normalised"/> brings scores to a common scale.</summary>
public enum Normalisation
{
    /// <summary>(s − min) / (max − min), in [0, 1]; 0 where all scores are equal.</summary>
    MinMax = 0,

    /// <summary>(s − mean) / standard deviation (divisor N); 0 where all scores are equal.</summary>
    ZScore,

    /// <summary>Rank from the bottom over N − 1, in [0, 1], equal scores sharing their average rank; ½ where all scores are equal, 0 where N = 1.</summary>
    Rank,
}
