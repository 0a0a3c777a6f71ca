using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Models;

/// <summary>The library's Gaussian process regression, its kernel fitted by a <see cref="RefitSchedule"/>. For one run.</summary>
internal sealed class RefittedRegressor : IModelManager, IGaussianPredictor
{
    private readonly RefitSchedule _schedule = new();
    private readonly GaussianProcessRegressor _fitted = new(new GaussianProcessRegressorOptions { WarmStart = true });
    private GaussianProcessRegressor? _fixed;

    /// <inheritdoc/>
    public bool IsTrained => Current.IsTrained;

    private GaussianProcessRegressor Current => _fixed ?? _fitted;

    /// <inheritdoc/>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        if (_schedule.IsDue(labelled.Count))
        {
            _fixed = null;
        }
        else
        {
            _fixed ??= new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = _fitted.FittedKernel, OptimiseHyperparameters = false });
        }

        Current.Train(labelled, validation, random, cancellationToken);
    }

    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default) =>
        Current.PredictGaussian(items, cancellationToken);

    /// <inheritdoc/>
    public void Reset()
    {
    }
}
