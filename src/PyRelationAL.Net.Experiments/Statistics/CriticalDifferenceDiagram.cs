namespace PyRelationAL.Experiments;

/// <summary>What a critical-difference diagram shows (Demšar, 2006, JMLR 7): mean ranks, and bars over those that are not told apart. Immutable.</summary>
/// <param name="Strategies">The strategies, best first; equal ranks in the order of the table.</param>
/// <param name="Cliques">
/// The largest groups whose mean ranks lie less than the critical difference apart, two strategies at least, best first. They may overlap; who is in none
/// differs from all others.
/// </param>
/// <param name="CriticalDifference">The critical difference (<see cref="NemenyiTest.CriticalDifference"/>).</param>
/// <param name="Significance">The significance it is for.</param>
/// <param name="Friedman">The Friedman test of the same scores; where it is not significant the diagram's differences are not to be read.</param>
public sealed record CriticalDifferenceDiagram(
    IReadOnlyList<RankedStrategy> Strategies,
    IReadOnlyList<RankClique> Cliques,
    double CriticalDifference,
    double Significance,
    FriedmanResult Friedman)
{
    /// <summary>Ranks the strategies and groups them.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="significance">The chance of one false alarm or more, in (0, 1).</param>
    /// <returns>The diagram's contents. O(N k log k + k²).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="significance"/> is not in (0, 1).</exception>
    public static CriticalDifferenceDiagram Of(ScoreTable scores, double significance = 0.05)
    {
        FriedmanResult friedman = FriedmanTest.Of(scores);
        RankedStrategy[] ranked =
            [.. scores.Strategies.Zip(friedman.AverageRanks, (name, rank) => new RankedStrategy(name, rank)).OrderBy(s => s.AverageRank)];
        double critical = NemenyiTest.CriticalDifference(ranked.Length, scores.BlockCount, significance);
        var cliques = new List<RankClique>();
        for (int first = 0, reached = 0; first < ranked.Length; first++)
        {
            int last = first;
            while (last + 1 < ranked.Length && ranked[last + 1].AverageRank - ranked[first].AverageRank < critical)
            {
                last++;
            }

            // A group that does not reach beyond the one before lies within it.
            if (last > first && last > reached)
            {
                cliques.Add(new RankClique(first, last));
            }

            reached = Math.Max(reached, last);
        }

        return new CriticalDifferenceDiagram(ranked, cliques, critical, significance, friedman);
    }
}
