namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Mean-STD: the standard deviation of each class probability over the samples (divisor S), averaged over the classes, in [0, ½].
/// </summary>
/// <remarks>
/// Kampffmeyer, Salberg and Jenssen, CVPR Workshops 2016; Kendall, Badrinarayanan and Cipolla 2015. Two passes, so that no variance is negative.
/// </remarks>
public sealed class MeanStandardDeviation : PosteriorClassScore
{
    /// <summary>Scores rows of posterior samples. O(S·N·C).</summary>
    /// <param name="samples">Probabilities [S×N×C], sample-major; every row of C finite, non-negative and summing to 1.</param>
    /// <param name="sampleCount">S, at least 2.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, S is below 2, or a row is no probability distribution.</exception>
    public static void Compute(ReadOnlySpan<double> samples, int sampleCount, int classCount, Span<double> scores) =>
        Write(Checked(samples, sampleCount, classCount, scores.Length), scores);

    /// <inheritdoc/>
    private protected override void ScoreRows(SampleRows samples, Span<double> scores) => Write(samples, scores);

    private static void Write(SampleRows samples, Span<double> scores)
    {
        double[] mean = samples.Mean();
        int classCount = samples.ClassCount;
        for (int n = 0; n < scores.Length; n++)
        {
            double sum = 0;
            for (int c = 0; c < classCount; c++)
            {
                double squares = 0;
                for (int m = 0; m < samples.SampleCount; m++)
                {
                    double d = samples.Row(m, n)[c] - mean[(n * classCount) + c];
                    squares += d * d;
                }

                sum += Math.Sqrt(squares / samples.SampleCount);
            }

            scores[n] = sum / classCount;
        }
    }
}
