using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Strategies;

/// <summary>A score of <see cref="TwoRowScores"/> on the pool.</summary>
/// <param name="score">From mean, standard deviation and the largest label so far.</param>
internal sealed class TwoRowFunction(Func<double, double, double, double> score) : GaussianScore
{
    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        double best = context.BestLabelledValue;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = score(predictions.Mean[i], predictions.StandardDeviation[i], best);
        }
    }
}
