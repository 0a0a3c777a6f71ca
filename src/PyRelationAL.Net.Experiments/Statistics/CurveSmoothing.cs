using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>Smoother curves out of noisy ones, so that one lucky round does not count as having reached a target.</summary>
public static class CurveSmoothing
{
    /// <summary>
    /// The monotone curve with the least sum of squared differences from the scores (isotonic regression by pooling adjacent violators; Ayer et al., 1955,
    /// Annals of Mathematical Statistics 26). O(n).
    /// </summary>
    /// <param name="scores">The scores by round, finite.</param>
    /// <param name="higherIsBetter">Whether the curve is to rise; otherwise to fall.</param>
    /// <returns>The fitted scores by round.</returns>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    public static double[] Isotonic(ReadOnlySpan<double> scores, bool higherIsBetter)
    {
        Guard.AllFinite(scores, 1, nameof(scores), nameof(scores));
        double sign = higherIsBetter ? 1 : -1;
        var means = new double[scores.Length];
        var counts = new int[scores.Length];
        int blocks = 0;
        foreach (double score in scores)
        {
            (means[blocks], counts[blocks]) = (sign * score, 1);
            for (blocks++; blocks > 1 && means[blocks - 2] > means[blocks - 1]; blocks--)
            {
                int count = counts[blocks - 2] + counts[blocks - 1];
                means[blocks - 2] += (means[blocks - 1] - means[blocks - 2]) * counts[blocks - 1] / count;
                counts[blocks - 2] = count;
            }
        }

        return [.. Enumerable.Range(0, blocks).SelectMany(b => Enumerable.Repeat(sign * means[b], counts[b]))];
    }

    /// <summary>The median of each score and the rounds around it; at the ends, of as many as there are.</summary>
    /// <param name="scores">The scores by round, finite.</param>
    /// <param name="rounds">How many rounds, k: odd, at least 1; (k − 1)/2 on either side.</param>
    /// <returns>The medians by round; not monotone. O(n k log k).</returns>
    /// <exception cref="ArgumentException">A score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rounds"/> is even or below 1.</exception>
    public static double[] RunningMedian(ReadOnlySpan<double> scores, int rounds)
    {
        Guard.AllFinite(scores, 1, nameof(scores), nameof(scores));
        if (rounds < 1 || rounds % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rounds), rounds, Guard.Text($"rounds is {rounds}; it must be odd and at least 1."));
        }

        var medians = new double[scores.Length];
        for (int i = 0; i < medians.Length; i++)
        {
            int first = Math.Max(0, i - (rounds / 2)), end = Math.Min(scores.Length, i + (rounds / 2) + 1);
            double[] window = scores[first..end].ToArray();
            Array.Sort(window);
            medians[i] = (window[(window.Length - 1) / 2] + window[window.Length / 2]) / 2;
        }

        return medians;
    }
}
