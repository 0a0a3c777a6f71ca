using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Delegates;

/// <summary>A model whose training is a function.</summary>
internal abstract class DelegateModel(TaskKinds task, Func<DatasetView, RandomStream, object> train) : IModelManager
{
    private object? _model;

    public bool IsTrained => _model is not null;

    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, task);
        cancellationToken.ThrowIfCancellationRequested();
        object model = train(labelled, random)
            ?? throw new InvalidOperationException($"The training function of {GetType().Name} gave no model.");
        cancellationToken.ThrowIfCancellationRequested();
        _model = model;
    }

    public void Reset() => _model = null;

    protected T Ask<T>(DatasetView items, Func<object, DatasetView, T> predict, CancellationToken cancellationToken)
    {
        object model = ModelGuard.Trained(this, _model);
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        return predict(model, items) ?? throw new InvalidOperationException($"The prediction function of {GetType().Name} gave nothing.");
    }

    protected void RequireLength(double[]? values, int expected)
    {
        if (values?.Length != expected)
        {
            throw new InvalidOperationException(Guard.Text(
                $"The prediction function of {GetType().Name} gave {values?.Length ?? 0} numbers where {expected} belong."));
        }
    }
}
