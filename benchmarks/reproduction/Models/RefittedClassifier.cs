using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// The library's Gaussian process classification, its kernel fitted by a <see cref="RefitSchedule"/>; with more than two classes in every round, since
/// each class has a kernel of its own. For one run.
/// </summary>
internal sealed class RefittedClassifier : IModelManager, IClassProbabilityPredictor
{
    private const int LargestRank = 256;

    private readonly RefitSchedule _schedule = new();
    private readonly GaussianProcessClassifier _fitted = new(new GaussianProcessClassifierOptions { WarmStart = true });
    private IModelManager? _fixed;

    /// <inheritdoc/>
    public bool IsTrained => Current.IsTrained;

    private IModelManager Current => _fixed ?? _fitted;

    /// <inheritdoc/>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        if (_schedule.IsDue(labelled.Count) || _fitted.FittedKernels.Count != 1)
        {
            _fixed = null;
        }
        else
        {
            _fixed ??= Fixed((ProductKernel)_fitted.FittedKernels[0], labelled.Dataset);
        }

        Current.Train(labelled, validation, random, cancellationToken);
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        ((IClassProbabilityPredictor)Current).PredictProbabilities(items, cancellationToken);

    /// <inheritdoc/>
    public void Reset()
    {
    }

    private static IModelManager Fixed(ProductKernel kernel, IDataset dataset)
    {
        double variance = ((ConstantKernel)kernel.Left).Variance.Value, lengthScale = ((RbfKernel)kernel.Right).LengthScales[0].Value;
        var factored = new FixedKernelClassifier(variance, lengthScale, LargestRank);
        return factored.Prepare(dataset)
            ? factored
            : new GaussianProcessClassifier(new GaussianProcessClassifierOptions { Kernel = kernel, OptimiseHyperparameters = false });
    }
}
