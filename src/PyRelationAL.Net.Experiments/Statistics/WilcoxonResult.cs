namespace PyRelationAL.Experiments;

/// <summary>The outcome of a Wilcoxon signed-rank test. Immutable.</summary>
/// <param name="Count">The number of pairs.</param>
/// <param name="ZeroCount">How many of them do not differ.</param>
/// <param name="PositiveRankSum">W⁺, the sum of the ranks of the positive differences: first above second.</param>
/// <param name="NegativeRankSum">W⁻, that of the negative ones.</param>
/// <param name="PValue">The two-sided p-value; 1 where no pair differs.</param>
/// <param name="IsExact">Whether the p-value is from the exact null distribution, otherwise from the normal approximation.</param>
public sealed record WilcoxonResult(int Count, int ZeroCount, double PositiveRankSum, double NegativeRankSum, double PValue, bool IsExact)
{
    /// <summary>
    /// The matched-pairs rank-biserial correlation (W⁺ − W⁻) / (W⁺ + W⁻), an effect size in [−1, 1]: 1 where first is above second in each pair that
    /// differs, 0 where no pair differs (Kerby, 2014, Comprehensive Psychology 3).
    /// </summary>
    public double RankBiserial => PositiveRankSum + NegativeRankSum == 0 ? 0 : (PositiveRankSum - NegativeRankSum) / (PositiveRankSum + NegativeRankSum);
}
