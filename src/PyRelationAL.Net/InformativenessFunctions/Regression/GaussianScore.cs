using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// A score computed from each candidate's predicted mean and standard deviation. With a model that gives posterior samples instead, these are the samples' mean
/// and standard deviation (divisor S − 1).
/// </summary>
public abstract class GaussianScore : IInformativenessFunction
{
    /// <summary>Creates the score.</summary>
    /// <param name="usesDeviation">
    /// Whether the standard deviation counts, so that a model which gives nothing but posterior samples must give at least two: the deviation of one is 0
    /// everywhere.
    /// </param>
    protected GaussianScore(bool usesDeviation = true)
    {
        Requirements = new Requirements(TaskKinds.Regression, Capabilities.GaussianPredictions) { LeastSampleCount = usesDeviation ? 2 : 1 };
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <inheritdoc/>
    public virtual double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scores = new double[context.Pool.Count];
        ScoreRows(context.GaussianPredictions, context, scores);
        return scores;
    }

    /// <summary>Scores the pool.</summary>
    /// <param name="predictions">Mean and standard deviation [N].</param>
    /// <param name="context">The round.</param>
    /// <param name="scores">N scores to write.</param>
    protected abstract void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores);
}
