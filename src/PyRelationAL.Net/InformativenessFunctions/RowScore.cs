namespace PyRelationAL.InformativenessFunctions;

/// <summary>Scores one candidate from its class probabilities.</summary>
/// <param name="probabilities">C probabilities that sum to 1.</param>
/// <returns>A finite score; higher is more informative.</returns>
public delegate double RowScore(ReadOnlySpan<double> probabilities);
