using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Delegates;

internal sealed class DelegateRegressor(Func<DatasetView, RandomStream, object> train, Func<object, DatasetView, double[]> predict)
    : DelegateModel(TaskKinds.Regression, train), IValuePredictor
{
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[] values = Ask(items, predict, cancellationToken);
        RequireLength(values, items.Count);
        Guard.AllFinite(values, 1, "the predicted values", nameof(values));
        return values;
    }
}
