using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Expected model change: how far one gradient step of a linear model on the item would move its weights if the label were what a member of a committee says,
/// s = (1/B) Σ_b |f_b(x) − f(x)| · ‖φ(x)‖, at least 0. From posterior samples f is their mean; with a Gaussian the expectation is σ √(2/π).
/// </summary>
/// <remarks>
/// Cai, Zhang and Zhou, "Maximizing expected model change for active learning in regression", ICDM 2013, with a committee of four trained on bootstrap bags.
/// Grows with the length of φ: standardise the features. O(S·N + N·D).
/// </remarks>
public sealed class ExpectedModelChange : IInformativenessFunction
{
    private readonly FeatureSpace _space;

    /// <summary>Creates the score.</summary>
    /// <param name="space">What φ is: the dataset's features by default.</param>
    public ExpectedModelChange(FeatureSpace space = FeatureSpace.Features)
    {
        _space = space;
        Capabilities rows = space.Needs();
        Requirements = new Requirements(TaskKinds.Regression, Capabilities.GaussianPredictions | rows) { LeastSampleCount = 2 };
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <summary>Scores a committee's predictions. O(B·N).</summary>
    /// <param name="samples">f_b(x) [B×N], member-major, all finite.</param>
    /// <param name="sampleCount">B, at least 1.</param>
    /// <param name="predictions">f(x) [N], the predictions of the model trained on everything, or of the committee's mean.</param>
    /// <param name="norms">‖φ(x)‖ [N], at least 0.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static void Compute(
        ReadOnlySpan<double> samples, int sampleCount, ReadOnlySpan<double> predictions, ReadOnlySpan<double> norms, Span<double> scores)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        // Norms are finite and not negative, as deviations are.
        ScoreArguments.CheckGaussian(predictions, norms, scores.Length);
        Write(samples, sampleCount, predictions, norms, scores);
    }

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GaussianPredictions predictions = context.GaussianPredictions;
        var rows = new RowPoints(context.PoolRows(_space));
        double[] norms = [.. Enumerable.Range(0, rows.Count).Select(i => Math.Sqrt(rows.SquaredNorm(i)))];
        var scores = new double[norms.Length];
        if (!context.OnlyPosteriorValues)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = Math.Sqrt(2 / Math.PI) * predictions.StandardDeviation[i] * norms[i];
            }

            return scores;
        }

        foreach (PosteriorBlock<PosteriorValueSamples> block in context.PosteriorValueBlocks())
        {
            PosteriorValueSamples samples = block.Samples;
            (int start, int count) = (block.Start, samples.RowCount);
            Write(samples.Values, samples.SampleCount, predictions.Mean.Slice(start, count), norms.AsSpan(start, count), scores.AsSpan(start, count));
        }

        return scores;
    }

    private static void Write(
        ReadOnlySpan<double> samples, int sampleCount, ReadOnlySpan<double> predictions, ReadOnlySpan<double> norms, Span<double> scores)
    {
        scores.Clear();
        for (int m = 0; m < sampleCount; m++)
        {
            ReadOnlySpan<double> values = samples.Slice(m * scores.Length, scores.Length);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += Math.Abs(values[i] - predictions[i]) / sampleCount * norms[i];
            }
        }
    }
}
