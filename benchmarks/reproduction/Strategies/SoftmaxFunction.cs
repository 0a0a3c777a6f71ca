using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Strategies;

/// <summary>A score of <see cref="SoftmaxScores"/> on the pool, of the classes that have labels: scikit-learn's models know no others.</summary>
/// <param name="score">From the probabilities of one candidate.</param>
internal sealed class SoftmaxFunction(Func<ReadOnlySpan<double>, float> score) : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        int[] classes = [.. context.Labelled.ClassLabels().Distinct().Order()];
        ClassProbabilities probabilities = context.ClassProbabilities;
        var scores = new double[probabilities.RowCount];
        var known = new double[classes.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            ReadOnlySpan<double> row = probabilities.Row(i);
            for (int c = 0; c < classes.Length; c++)
            {
                known[c] = row[classes[c]];
            }

            scores[i] = score(known);
        }

        return scores;
    }
}
