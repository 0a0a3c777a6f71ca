using PyRelationAL.Models.Committees;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A committee of regressors, each trained on a bootstrap bag of the labelled items (Breiman, "Bagging predictors", Machine Learning 1996; as a committee to
/// query by: Burbidge, Rowland and King, "Active learning for regression based on query by committee", IDEAL 2007). Member m is posterior sample m.
/// </summary>
/// <remarks>
/// A bag has as many items as are labelled, drawn with replacement. Members are trained with streams derived from their number, so that the result does not
/// depend on the number of threads. Not safe for concurrent training.
/// </remarks>
public sealed class RegressorCommittee : IModelManager, IPosteriorValueSampler
{
    private readonly BaggedMembers _members;

    /// <summary>Creates an untrained committee of <see cref="BayesianLinearRegression"/> members with the default settings.</summary>
    public RegressorCommittee()
        : this(() => new BayesianLinearRegression())
    {
    }

    /// <summary>Creates an untrained committee with the default settings.</summary>
    /// <param name="createMember">
    /// Makes a new model, which must be an <see cref="IGaussianPredictor"/>, whose mean is used, or an <see cref="IValuePredictor"/>.
    /// </param>
    /// <exception cref="ArgumentException">The factory gives a model that does not fit, none, or the same one twice.</exception>
    public RegressorCommittee(Func<IModelManager> createMember)
        : this(createMember, new CommitteeOptions())
    {
    }

    /// <summary>Creates an untrained committee.</summary>
    /// <param name="createMember">
    /// Makes a new model, which must be an <see cref="IGaussianPredictor"/>, whose mean is used, or an <see cref="IValuePredictor"/>; called once for
    /// each member, here.
    /// </param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The factory gives a model that does not fit, none, or the same one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public RegressorCommittee(Func<IModelManager> createMember, CommitteeOptions options)
    {
        _members = new BaggedMembers(
            this, createMember, options, m => m is IGaussianPredictor or IValuePredictor, $"{nameof(IGaussianPredictor)} or {nameof(IValuePredictor)}");
    }

    /// <inheritdoc/>
    public bool IsTrained => _members.IsTrained;

    /// <summary>The number of members S.</summary>
    public int SampleCount => _members.Count;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        _members.Train(labelled, validation, random, _ => true, cancellationToken);
    }

    /// <summary>The members' values [S×N]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The committee is not trained.</exception>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        _members.EnsureTrained(this);
        ArgumentNullException.ThrowIfNull(items);
        int count = items.Count;
        var values = new double[checked(_members.Count * count)];
        _members.ForEach(cancellationToken, (i, member) =>
        {
            ReadOnlySpan<double> predicted = member is IGaussianPredictor gaussian
                ? gaussian.PredictGaussian(items, cancellationToken).Mean
                : ((IValuePredictor)member).PredictValues(items, cancellationToken);
            predicted.CopyTo(values.AsSpan(i * count, count));
        });
        return new PosteriorValueSamples(values, _members.Count);
    }

    /// <inheritdoc/>
    public void Reset() => _members.Reset();
}
