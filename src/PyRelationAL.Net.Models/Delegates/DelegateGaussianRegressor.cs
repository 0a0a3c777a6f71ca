using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models.Delegates;

internal sealed class DelegateGaussianRegressor(
    Func<DatasetView, RandomStream, object> train, Func<object, DatasetView, (double[] Mean, double[] StandardDeviation)> predict)
    : DelegateModel(TaskKinds.Regression, train), IGaussianPredictor
{
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        (double[] mean, double[] deviation) = Ask(items, predict, cancellationToken);
        RequireLength(mean, items.Count);
        RequireLength(deviation, items.Count);
        return new GaussianPredictions(mean, deviation);
    }
}
