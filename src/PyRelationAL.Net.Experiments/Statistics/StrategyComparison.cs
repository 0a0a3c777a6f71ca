namespace PyRelationAL.Experiments;

/// <summary>Two strategies compared on the blocks of a table, one of several comparisons. Immutable.</summary>
/// <param name="First">The one strategy.</param>
/// <param name="Second">The other.</param>
/// <param name="HigherIsBetter">Whether higher scores are better.</param>
/// <param name="Wilcoxon">The signed-rank test of first − second, with its rank-biserial correlation.</param>
/// <param name="AdjustedPValue">Its p-value, corrected by Holm for all comparisons made with it.</param>
/// <param name="Shift">The Hodges–Lehmann shift first − second, with its 95 % interval, which is not corrected.</param>
/// <param name="Record">On how many blocks the first was better, as good, and worse.</param>
public sealed record StrategyComparison(
    string First, string Second, bool HigherIsBetter, WilcoxonResult Wilcoxon, double AdjustedPValue, ConfidenceInterval Shift, WinTieLoss Record)
{
    /// <summary>Which strategy is better.</summary>
    /// <param name="significance">The chance of one false alarm or more in all comparisons made with this one, in (0, 1).</param>
    /// <returns>Its name; null where the adjusted p-value is above the significance: they are not told apart, which does not mean they are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="significance"/> is not in (0, 1).</exception>
    public string? Winner(double significance = 0.05) => AdjustedPValue > NemenyiTest.CheckSignificance(significance) ? null
        : Wilcoxon.PositiveRankSum > Wilcoxon.NegativeRankSum == HigherIsBetter ? First
        : Second;
}
