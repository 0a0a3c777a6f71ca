using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Expected improvement over the largest label so far y*: s = (μ − y* − ξ) Φ(z) + σ φ(z) with z = (μ − y* − ξ) / σ; where σ = 0 it is max(μ − y* − ξ, 0). From
/// posterior samples without a Gaussian: s = (1/S) Σₘ max(R[m] − y* − ξ, 0). In units of the target, at least 0.
/// </summary>
/// <remarks>
/// Jones, Schonlau and Welch 1998 (Journal of Global Optimization). The lower tail is computed by Mills' ratio, so that hopeless candidates still rank
/// correctly. PyRelationAL drops y* for Gaussian predictions and ξ for samples.
/// </remarks>
public sealed class ExpectedImprovement : GaussianScore
{
    private readonly double _xi;

    /// <summary>Creates the score.</summary>
    /// <param name="xi">ξ, at least 0, in units of the target: the improvement asked for. Default: 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">ξ is negative or not finite.</exception>
    public ExpectedImprovement(double xi = 0.01)
        : base(usesDeviation: false)
    {
        _xi = Guard.NonNegative(xi);
    }

    /// <summary>Scores means and standard deviations. O(N), nothing allocated.</summary>
    /// <param name="mean">N means, finite.</param>
    /// <param name="standardDeviation">N standard deviations, finite, at least 0.</param>
    /// <param name="best">y*, the incumbent.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="xi">ξ, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range.</exception>
    public static void Compute(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation, double best, Span<double> scores, double xi = 0.01)
    {
        ScoreArguments.CheckGaussian(mean, standardDeviation, scores.Length);
        Write(mean, standardDeviation, Guard.Finite(best) + Guard.NonNegative(xi), scores);
    }

    /// <summary>Scores posterior samples. O(S·N), nothing allocated.</summary>
    /// <param name="samples">Values [S×N], sample-major, all finite.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <param name="best">y*, the incumbent.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="xi">ξ, at least 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is out of range.</exception>
    public static void ComputeFromSamples(ReadOnlySpan<double> samples, int sampleCount, double best, Span<double> scores, double xi = 0.01)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        WriteFromSamples(samples, sampleCount, Guard.Finite(best) + Guard.NonNegative(xi), scores);
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
        double threshold = context.BestLabelledValue + _xi;
        foreach (PosteriorBlock<PosteriorValueSamples> block in context.PosteriorValueBlocks())
        {
            WriteFromSamples(block.Samples.Values, block.Samples.SampleCount, threshold, scores.AsSpan(block.Start, block.Samples.RowCount));
        }

        return scores;
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(context);
        Write(predictions.Mean, predictions.StandardDeviation, context.BestLabelledValue + _xi, scores);
    }

    private static void Write(ReadOnlySpan<double> mean, ReadOnlySpan<double> deviation, double threshold, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            double gain = mean[i] - threshold;
            double z = gain / deviation[i];
            // Not finite where the deviation is 0, or so small that the quotient overflows: the limit is the plain gain.
            scores[i] = double.IsFinite(z) ? deviation[i] * Normal.ExpectedExcess(z) : Math.Max(gain, 0);
        }
    }

    private static void WriteFromSamples(ReadOnlySpan<double> samples, int sampleCount, double threshold, Span<double> scores)
    {
        scores.Clear();
        for (int m = 0; m < sampleCount; m++)
        {
            ReadOnlySpan<double> values = samples.Slice(m * scores.Length, scores.Length);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += Math.Max(values[i] - threshold, 0) / sampleCount;
            }
        }
    }
}
