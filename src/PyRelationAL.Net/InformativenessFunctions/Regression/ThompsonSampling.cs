using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Thompson sampling, candidate by candidate: s is a draw from each candidate's own marginal, μ + σ z or the value under a posterior sample picked for that
/// candidate. In units of the target.
/// </summary>
/// <remarks>
/// PyRelationAL's ThompsonSampling. The draws of different candidates are independent; Thompson's method proper (1933) draws one function for all of them:
/// <see cref="JointThompsonSampling"/>.
/// </remarks>
public sealed class ThompsonSampling : GaussianScore
{
    /// <summary>Creates the score.</summary>
    public ThompsonSampling()
        : base(usesDeviation: false)
    {
    }

    /// <summary>Draws from means and standard deviations. O(N), nothing allocated.</summary>
    /// <param name="mean">N means, finite.</param>
    /// <param name="standardDeviation">N standard deviations, finite, at least 0.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range.</exception>
    public static void Compute(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation, RandomStream random, Span<double> scores)
    {
        ScoreArguments.CheckGaussian(mean, standardDeviation, scores.Length);
        Write(mean, standardDeviation, random, scores);
    }

    /// <summary>Picks one posterior sample for each candidate. O(N), nothing allocated.</summary>
    /// <param name="samples">Values [S×N], sample-major, all finite.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <param name="random">The source of randomness.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static void ComputeFromSamples(ReadOnlySpan<double> samples, int sampleCount, RandomStream random, Span<double> scores)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        WriteFromSamples(samples, sampleCount, random, scores);
    }

    /// <inheritdoc/>
    public override double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.OnlyPosteriorValues)
        {
            return base.Score(context);
        }

        var scores = new double[context.Pool.Count];
        RandomStream random = context.RandomFor(nameof(ThompsonSampling));
        foreach (PosteriorBlock<PosteriorValueSamples> block in context.PosteriorValueBlocks())
        {
            WriteFromSamples(block.Samples.Values, block.Samples.SampleCount, random, scores.AsSpan(block.Start, block.Samples.RowCount));
        }

        return scores;
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(context);
        Write(predictions.Mean, predictions.StandardDeviation, context.RandomFor(nameof(ThompsonSampling)), scores);
    }

    private static void Write(ReadOnlySpan<double> mean, ReadOnlySpan<double> deviation, RandomStream random, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = mean[i] + (deviation[i] * random.NextGaussian());
        }
    }

    private static void WriteFromSamples(ReadOnlySpan<double> samples, int sampleCount, RandomStream random, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = samples[(random.NextInt32(sampleCount) * scores.Length) + i];
        }
    }
}
