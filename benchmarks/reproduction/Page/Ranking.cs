using PyRelationAL.Reproduction.Paper;

namespace PyRelationAL.Reproduction.Page;

/// <summary>The order of a dataset's strategies by IPAUC.</summary>
internal static class Ranking
{
    /// <summary>The rank of each score from 1, best first; equal scores share the mean of their ranks.</summary>
    /// <param name="scores">The means.</param>
    /// <param name="higherIsBetter">Whether the highest is the best.</param>
    public static double[] Ranks(IReadOnlyList<double> scores, bool higherIsBetter) =>
        [.. scores.Select(s => 1 + scores.Count(o => higherIsBetter ? o > s : o < s) + ((scores.Count(o => o.Equals(s)) - 1) / 2.0))];

    /// <summary>Kendall's τ_b between two orders (Kendall, Biometrika 33(3), 1945); 0 where one of them has nothing but ties.</summary>
    public static double Tau(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double agreeing = 0, inFirst = 0, inSecond = 0;
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int a = Math.Sign(first[i] - first[j]), b = Math.Sign(second[i] - second[j]);
                agreeing += a * b;
                inFirst += a * a;
                inSecond += b * b;
            }
        }

        return inFirst * inSecond > 0 ? agreeing / Math.Sqrt(inFirst * inSecond) : 0;
    }

    /// <summary>The ranks of some cells by one source of scores; null where it lacks one of them.</summary>
    public static double[]? Of(IReadOnlyList<PaperCell> cells, Func<PaperCell, CellScore?> source)
    {
        CellScore?[] scores = [.. cells.Select(source)];
        return scores.Contains(null) ? null : Ranks([.. scores.Select(s => s!.Mean)], cells[0].Task != TaskKinds.Regression);
    }
}
