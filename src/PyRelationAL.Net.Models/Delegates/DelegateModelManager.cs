using PyRelationAL.Models.Delegates;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// Makes a model of two functions, one that trains and one that predicts, so that any library's model plugs in without a class. A committee of them
/// (<see cref="ClassifierCommittee"/>, <see cref="RegressorCommittee"/>) has posterior samples.
/// </summary>
/// <remarks>
/// Predictions are checked as all predictions are: their shape, and that they are finite. An exception of a function comes through as it is. For further
/// capabilities, or to be cancelled in mid-training, write a class that implements <see cref="IModelManager"/>.
/// </remarks>
public static class DelegateModelManager
{
    /// <summary>A classifier, which is an <see cref="IClassProbabilityPredictor"/>.</summary>
    /// <typeparam name="TModel">What training gives.</typeparam>
    /// <param name="train">Trains from scratch on labelled items, with no other randomness than the stream's.</param>
    /// <param name="predict">Predicts probabilities [N×C], row-major, with a column for each class of the task.</param>
    /// <returns>An untrained model manager.</returns>
    public static IModelManager Classifier<TModel>(Func<DatasetView, RandomStream, TModel> train, Func<TModel, DatasetView, double[]> predict)
        where TModel : notnull
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(predict);
        return new DelegateClassifier((labelled, random) => train(labelled, random), (model, items) => predict((TModel)model, items));
    }

    /// <summary>A regressor without uncertainty, which is an <see cref="IValuePredictor"/>.</summary>
    /// <typeparam name="TModel">What training gives.</typeparam>
    /// <param name="train">Trains from scratch on labelled items, with no other randomness than the stream's.</param>
    /// <param name="predict">Predicts values [N].</param>
    /// <returns>An untrained model manager.</returns>
    public static IModelManager Regressor<TModel>(Func<DatasetView, RandomStream, TModel> train, Func<TModel, DatasetView, double[]> predict)
        where TModel : notnull
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(predict);
        return new DelegateRegressor((labelled, random) => train(labelled, random), (model, items) => predict((TModel)model, items));
    }

    /// <summary>A regressor with uncertainty, which is an <see cref="IGaussianPredictor"/>.</summary>
    /// <typeparam name="TModel">What training gives.</typeparam>
    /// <param name="train">Trains from scratch on labelled items, with no other randomness than the stream's.</param>
    /// <param name="predict">Predicts means [N] and standard deviations [N], without observation noise.</param>
    /// <returns>An untrained model manager.</returns>
    public static IModelManager GaussianRegressor<TModel>(
        Func<DatasetView, RandomStream, TModel> train, Func<TModel, DatasetView, (double[] Mean, double[] StandardDeviation)> predict)
        where TModel : notnull
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(predict);
        return new DelegateGaussianRegressor((labelled, random) => train(labelled, random), (model, items) => predict((TModel)model, items));
    }
}
