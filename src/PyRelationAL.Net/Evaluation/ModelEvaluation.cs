using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Evaluation;

/// <summary>Evaluates a model by what it can predict.</summary>
public static class ModelEvaluation
{
    /// <summary>
    /// Classification: metrics of the predicted probabilities, or of the posterior samples' mean. Regression: metrics of the predicted mean, the predicted
    /// values, or the samples' mean, whichever the model has first in this order.
    /// </summary>
    /// <param name="model">A trained model.</param>
    /// <param name="test">Items with labels.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>Metrics by name.</returns>
    /// <exception cref="CapabilityMissingException">The model predicts nothing that fits the task.</exception>
    public static IReadOnlyDictionary<string, double> Evaluate(object model, DatasetView test, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(test);
        // Sampled predictions must not make a metric random: the stream is fixed.
        var random = new RandomStream(0);
        return (test.Task.Kind, model) switch
        {
            (TaskKinds.Classification, IClassProbabilityPredictor p) =>
                ClassificationMetrics.Compute(p.PredictProbabilities(test, cancellationToken), test.ClassLabels()),
            (TaskKinds.Classification, IPosteriorClassSampler s) =>
                ClassificationMetrics.Compute(s.SampleProbabilities(test, random, cancellationToken).Mean(), test.ClassLabels()),
            (TaskKinds.Regression, IGaussianPredictor p) =>
                RegressionMetrics.Compute(p.PredictGaussian(test, cancellationToken).Mean, test.Values()),
            (TaskKinds.Regression, IValuePredictor p) =>
                RegressionMetrics.Compute(p.PredictValues(test, cancellationToken), test.Values()),
            (TaskKinds.Regression, IPosteriorValueSampler s) =>
                RegressionMetrics.Compute(s.SampleValues(test, random, cancellationToken).Moments().Mean, test.Values()),
            (TaskKinds.Classification, _) => throw new CapabilityMissingException("Evaluation", model.GetType().Name, Capabilities.ClassProbabilities),
            (TaskKinds.Regression, _) => throw new CapabilityMissingException("Evaluation", model.GetType().Name, Capabilities.GaussianPredictions),
            _ => throw new NotSupportedException(
                $"There are no default metrics for {test.Task}; implement {nameof(IModelManager)}.{nameof(IModelManager.Evaluate)} in {model.GetType().Name}."),
        };
    }
}
