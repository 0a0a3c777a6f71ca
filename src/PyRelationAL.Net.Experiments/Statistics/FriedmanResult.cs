namespace PyRelationAL.Experiments;

/// <summary>The outcome of a Friedman test over k strategies and N blocks. Immutable.</summary>
/// <param name="AverageRanks">The mean rank of each strategy, in the order of the table; 1 would be the best in each block.</param>
/// <param name="ChiSquared">Friedman's statistic, corrected for ties.</param>
/// <param name="ChiSquaredPValue">Its p-value, by χ² with k − 1 degrees of freedom: conservative.</param>
/// <param name="F">Iman and Davenport's statistic; +∞ where all blocks rank alike.</param>
/// <param name="FPValue">Its p-value, by F with k − 1 and (k − 1)(N − 1) degrees of freedom: the one to use; NaN for one block.</param>
public sealed record FriedmanResult(IReadOnlyList<double> AverageRanks, double ChiSquared, double ChiSquaredPValue, double F, double FPValue);
