using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>On how many blocks a strategy was better than another, as good, and worse. Immutable.</summary>
/// <param name="Wins">Better.</param>
/// <param name="Ties">As good.</param>
/// <param name="Losses">Worse.</param>
public readonly record struct WinTieLoss(int Wins, int Ties, int Losses)
{
    /// <summary>Compares paired scores.</summary>
    /// <param name="first">The scores of the one whose wins are counted, finite.</param>
    /// <param name="second">Those of the other, in the same order.</param>
    /// <param name="higherIsBetter">Whether higher scores are better.</param>
    /// <param name="tolerance">Scores at most so far apart are ties; at least 0.</param>
    /// <returns>The counts. They describe; they test nothing. O(n).</returns>
    /// <exception cref="ArgumentException">There are no scores, their numbers differ, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tolerance"/> is negative or not finite.</exception>
    public static WinTieLoss Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, bool higherIsBetter, double tolerance = 0)
    {
        Guard.NonNegative(tolerance);
        int wins = 0, ties = 0, losses = 0;
        foreach (double difference in Paired.Differences(first, second))
        {
            if (Math.Abs(difference) <= tolerance)
            {
                ties++;
            }
            else if (difference > 0 == higherIsBetter)
            {
                wins++;
            }
            else
            {
                losses++;
            }
        }

        return new WinTieLoss(wins, ties, losses);
    }

    /// <summary>Compares each strategy of a table with each other one.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="tolerance">Scores at most so far apart are ties; at least 0.</param>
    /// <returns>By strategy, then by opponent: the counts of the strategy against the opponent; against itself all are ties. O(k² N).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tolerance"/> is negative or not finite.</exception>
    public static IReadOnlyList<IReadOnlyList<WinTieLoss>> Matrix(ScoreTable scores, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(scores);
        double[][] columns = [.. Enumerable.Range(0, scores.Strategies.Count).Select(scores.ScoresOf)];
        return [.. columns.Select(row => columns.Select(column => Of(row, column, scores.HigherIsBetter, tolerance)).ToArray())];
    }
}
