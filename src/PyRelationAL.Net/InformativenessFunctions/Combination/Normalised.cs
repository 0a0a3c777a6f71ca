using System.Numerics.Tensors;
using PyRelationAL.Models;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>A score brought to a common scale over the pool, so that it can be combined with others. Made by <c>a.Normalise(Normalisation.Rank)</c>.</summary>
public sealed class Normalised : IInformativenessFunction, ITrainingParticipant
{
    private readonly IInformativenessFunction _score;
    private readonly Normalisation _normalisation;

    /// <summary>Creates the normalised score.</summary>
    /// <param name="score">The score.</param>
    /// <param name="normalisation">How. Default: min-max.</param>
    public Normalised(IInformativenessFunction score, Normalisation normalisation = Normalisation.MinMax)
    {
        ArgumentNullException.ThrowIfNull(score);
        _score = score;
        _normalisation = normalisation;
    }

    /// <inheritdoc/>
    public Requirements Requirements => _score.Requirements;

    /// <summary>Normalises scores. O(N), or O(N log N) for ranks.</summary>
    /// <param name="scores">N finite scores.</param>
    /// <param name="normalisation">How.</param>
    /// <returns>N normalised scores.</returns>
    /// <exception cref="ArgumentException">A score is NaN or infinite.</exception>
    public static double[] Compute(ReadOnlySpan<double> scores, Normalisation normalisation)
    {
        Numerics.Guard.AllFinite(scores, 1, "scores", nameof(scores));
        if (scores.IsEmpty)
        {
            return [];
        }

        return normalisation switch
        {
            Normalisation.MinMax => MinMax(scores),
            Normalisation.ZScore => ZScore(scores),
            Normalisation.Rank => Rank(scores),
            _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "Unknown normalisation."),
        };
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => ScoreParts.HookOf(task, _score);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Compute(context.Score(_score), _normalisation);
    }

    private static double[] MinMax(ReadOnlySpan<double> scores)
    {
        double min = TensorPrimitives.Min(scores);
        double range = TensorPrimitives.Max(scores) - min;
        var result = new double[scores.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = range > 0 ? (scores[i] - min) / range : 0;
        }

        return result;
    }

    private static double[] ZScore(ReadOnlySpan<double> scores)
    {
        double mean = 0, squares = 0;
        foreach (double s in scores)
        {
            mean += s / scores.Length;
        }

        foreach (double s in scores)
        {
            squares += (s - mean) * (s - mean) / scores.Length;
        }

        double deviation = Math.Sqrt(squares);
        // Equal scores can differ from their mean by rounding; that is not a spread.
        bool flat = deviation <= 1e-14 * Math.Abs(mean) || !scores.ContainsAnyExcept(scores[0]);
        var result = new double[scores.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = flat ? 0 : (scores[i] - mean) / deviation;
        }

        return result;
    }

    private static double[] Rank(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(sorted, order);
        var result = new double[scores.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end < order.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            double rank = (start + end - 1) / 2.0;
            for (int i = start; i < end; i++)
            {
                result[order[i]] = scores.Length == 1 ? 0 : rank / (scores.Length - 1);
            }

            start = end;
        }

        return result;
    }
}
