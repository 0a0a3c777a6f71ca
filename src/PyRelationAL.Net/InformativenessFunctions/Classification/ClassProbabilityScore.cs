using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// A score computed from each candidate's class probabilities alone. With a model that gives posterior samples instead, the probabilities are the samples'
/// mean, which makes these the scores on Monte-Carlo averages (Gal, Islam and Ghahramani, ICML 2017).
/// </summary>
public abstract class ClassProbabilityScore : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClassProbabilities p = context.ClassProbabilities;
        var scores = new double[p.RowCount];
        Blocks.ForEach(p.RowCount, context.MaxDegreeOfParallelism, context.CancellationToken, (start, count) =>
            ScoreRows(p.Values.Slice(start * p.ClassCount, count * p.ClassCount), p.ClassCount, scores.AsSpan(start, count)));
        return scores;
    }

    /// <summary>Scores rows that have been checked.</summary>
    /// <param name="probabilities">Probabilities [N×C], row-major.</param>
    /// <param name="classCount">C.</param>
    /// <param name="scores">N scores to write.</param>
    protected abstract void ScoreRows(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores);

    /// <summary>Scores one row after the other.</summary>
    /// <param name="probabilities">Probabilities [N×C], row-major.</param>
    /// <param name="classCount">C.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="score">The score of one row.</param>
    private protected static void ForEachRow(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores, RowScore score)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = score(probabilities.Slice(i * classCount, classCount));
        }
    }

    /// <summary>The two largest probabilities of a row in one pass; the second is 0 where there is one class.</summary>
    private protected static (double First, double Second) TwoLargest(ReadOnlySpan<double> row)
    {
        // Without branches: on probabilities in random order half of them would be mispredicted, which costs ten times the comparison.
        double first = 0, second = 0;
        foreach (double p in row)
        {
            second = double.MaxNative(second, double.MinNative(first, p));
            first = double.MaxNative(first, p);
        }

        return (first, second);
    }
}
