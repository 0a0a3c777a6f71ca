using MathNet.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The Friedman test: do the ranks of k strategies over N blocks differ more than chance would explain? To be asked before any two of them are compared with
/// <see cref="NemenyiTest"/>.
/// </summary>
public static class FriedmanTest
{
    /// <summary>Tests whether all strategies rank alike.</summary>
    /// <param name="scores">
    /// The scores. The approximations are good from about N &gt; 10 and k &gt; 5 (Demšar, 2006); with fewer, the F statistic errs less.
    /// </param>
    /// <returns>The test's outcome.</returns>
    /// <remarks>
    /// χ² = (12 N / (k (k + 1)) Σ R̄ⱼ² − 3 N (k + 1)) / (1 − Σ (t³ − t) / (N k (k² − 1))) with mean ranks R̄ⱼ and the sizes t of all groups of ties within
    /// blocks (Friedman, 1937, J. American Statistical Association 32); F = (N − 1) χ² / (N (k − 1) − χ²) (Iman and Davenport, 1980, Communications in
    /// Statistics A 9). Where all strategies are tied in all blocks both are 0 with p = 1. O(N k log k).
    /// </remarks>
    public static FriedmanResult Of(ScoreTable scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int k = scores.Strategies.Count, blocks = scores.BlockCount;
        var averages = new double[k];
        double ties = 0;
        for (int b = 0; b < blocks; b++)
        {
            double[] ranks = scores.RanksIn(b);
            ties += ranks.GroupBy(r => r).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
            for (int j = 0; j < k; j++)
            {
                averages[j] += ranks[j] / blocks;
            }
        }

        double correction = 1 - (ties / (blocks * (double)k * (k * k - 1)));
        if (correction <= 0)
        {
            return new FriedmanResult(averages, 0, 1, 0, 1);
        }

        double squares = averages.Sum(r => (r - ((k + 1) / 2.0)) * (r - ((k + 1) / 2.0)));
        double chiSquared = 12.0 * blocks / (k * (k + 1.0)) * squares / correction, rest = Math.Max(0, (blocks * (k - 1.0)) - chiSquared);

        // Equal ranks in all blocks leave a rest that is 0 but for rounding.
        double f = rest < 1e-9 * blocks * k ? double.PositiveInfinity : (blocks - 1) * chiSquared / rest;
        return new FriedmanResult(averages, chiSquared, SpecialFunctions.GammaUpperRegularized((k - 1) / 2.0, chiSquared / 2), f, FPValue(f, k - 1, blocks));
    }

    private static double FPValue(double f, double numerator, int blocks)
    {
        double denominator = numerator * (blocks - 1);
        return denominator == 0 ? double.NaN
            : double.IsInfinity(f) ? 0
            : SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + (numerator * f)));
    }
}
