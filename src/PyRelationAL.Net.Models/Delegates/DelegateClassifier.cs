using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models.Delegates;

internal sealed class DelegateClassifier(Func<DatasetView, RandomStream, object> train, Func<object, DatasetView, double[]> predict)
    : DelegateModel(TaskKinds.Classification, train), IClassProbabilityPredictor
{
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[] values = Ask(items, predict, cancellationToken);
        RequireLength(values, checked(items.Count * items.Task.ClassCount));
        return new ClassProbabilities(values, items.Task.ClassCount);
    }
}
