using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// A score computed from each candidate's class probabilities under S posterior samples (an ensemble's members, dropout masks). The samples need not be
/// consistent across candidates.
/// </summary>
public abstract class PosteriorClassScore : IInformativenessFunction
{
    // With one sample every committee disagrees by exactly 0, and the "most informative" candidates would be the first ones.
    private const int LeastSampleCount = 2;

    /// <inheritdoc/>
    public Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.PosteriorClassSamples) { LeastSampleCount = LeastSampleCount };

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scores = new double[context.Pool.Count];
        foreach (PosteriorBlock<PosteriorClassSamples> block in context.PosteriorClassBlocks())
        {
            PosteriorClassSamples samples = block.Samples;
            CheckSampleCount(samples.SampleCount);
            Blocks.ForEach(samples.RowCount, context.MaxDegreeOfParallelism, context.CancellationToken, (start, count) => ScoreRows(
                new SampleRows(samples.Values, samples.SampleCount, samples.RowCount, samples.ClassCount, start, count),
                scores.AsSpan(block.Start + start, count)));
        }

        return scores;
    }

    /// <summary>Scores rows that have been checked.</summary>
    /// <param name="samples">Samples [S×N×C].</param>
    /// <param name="scores">N scores to write.</param>
    private protected abstract void ScoreRows(SampleRows samples, Span<double> scores);

    /// <summary>Checks a user's spans and shapes them.</summary>
    private protected static SampleRows Checked(ReadOnlySpan<double> samples, int sampleCount, int classCount, int rowCount)
    {
        ScoreArguments.CheckSamples(samples, sampleCount, classCount, rowCount);
        CheckSampleCount(sampleCount);
        return new SampleRows(samples, sampleCount, rowCount, classCount, 0, rowCount);
    }

    private static void CheckSampleCount(int sampleCount)
    {
        if (sampleCount < LeastSampleCount)
        {
            throw new ArgumentException(
                Guard.Text($"Disagreement needs at least two posterior samples, and there is {sampleCount}: use a committee, an ensemble or MC dropout."),
                nameof(sampleCount));
        }
    }
}
