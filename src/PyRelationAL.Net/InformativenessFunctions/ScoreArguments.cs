using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>Checks at the edge of the static score functions, which users call with spans of their own.</summary>
internal static class ScoreArguments
{
    public static void CheckProbabilities(ReadOnlySpan<double> probabilities, int classCount, int scoreCount)
    {
        Guard.Positive(classCount);
        Guard.SameLength(
            checked(scoreCount * classCount), probabilities.Length, Guard.Text($"probabilities [{scoreCount}×{classCount}]"), nameof(probabilities));
        ProbabilityRows.Verify(probabilities, classCount, "class probabilities", nameof(probabilities));
    }

    public static void CheckSamples(ReadOnlySpan<double> samples, int sampleCount, int classCount, int scoreCount)
    {
        Guard.Positive(sampleCount);
        Guard.Positive(classCount);
        Guard.SameLength(
            checked(sampleCount * scoreCount * classCount), samples.Length, Guard.Text($"samples [{sampleCount}×{scoreCount}×{classCount}]"), nameof(samples));
        ProbabilityRows.Verify(samples, classCount, "posterior samples (rows counted over samples)", nameof(samples));
    }

    public static void CheckValueSamples(ReadOnlySpan<double> samples, int sampleCount, int scoreCount)
    {
        Guard.Positive(sampleCount);
        Guard.SameLength(checked(sampleCount * scoreCount), samples.Length, Guard.Text($"samples [{sampleCount}×{scoreCount}]"), nameof(samples));
        Guard.AllFinite(samples, Math.Max(1, scoreCount), "posterior samples (row = sample, column = candidate)", nameof(samples));
    }

    public static void CheckGaussian(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation, int scoreCount)
    {
        Guard.SameLength(scoreCount, mean.Length, "means", nameof(mean));
        Guard.AllFinite(mean, 1, "the mean", nameof(mean));
        CheckDeviations(standardDeviation, scoreCount);
    }

    public static void CheckDeviations(ReadOnlySpan<double> standardDeviation, int scoreCount)
    {
        Guard.SameLength(scoreCount, standardDeviation.Length, "standard deviations", nameof(standardDeviation));
        Guard.AllFinite(standardDeviation, 1, "the standard deviation", nameof(standardDeviation));
        GaussianPredictions.RefuseNegative(standardDeviation);
    }
}
