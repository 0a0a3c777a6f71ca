using PyRelationAL.Models.Committees;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A committee of classifiers, each trained on a bootstrap bag of the labelled items (query by bagging: Abe and Mamitsuka, "Query learning strategies using
/// boosting and bagging", ICML 1998). Member m is posterior sample m; class probabilities are the mean over the members.
/// </summary>
/// <remarks>
/// A bag has as many items as are labelled, drawn with replacement, and at least two classes wherever the labelled items have two. Members are trained with
/// streams derived from their number, so that the result does not depend on the number of threads. Not safe for concurrent training.
/// </remarks>
public sealed class ClassifierCommittee : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    private readonly BaggedMembers _members;

    /// <summary>Creates an untrained committee of <see cref="LogisticRegression"/> members with the default settings.</summary>
    public ClassifierCommittee()
        : this(() => new LogisticRegression())
    {
    }

    /// <summary>Creates an untrained committee with the default settings.</summary>
    /// <param name="createMember">Makes a new model, which must be an <see cref="IClassProbabilityPredictor"/>.</param>
    /// <exception cref="ArgumentException">The factory gives a model that does not fit, none, or the same one twice.</exception>
    public ClassifierCommittee(Func<IModelManager> createMember)
        : this(createMember, new CommitteeOptions())
    {
    }

    /// <summary>Creates an untrained committee.</summary>
    /// <param name="createMember">Makes a new model, which must be an <see cref="IClassProbabilityPredictor"/>; called once for each member, here.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">The factory gives a model that does not fit, none, or the same one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public ClassifierCommittee(Func<IModelManager> createMember, CommitteeOptions options)
    {
        _members = new BaggedMembers(this, createMember, options, m => m is IClassProbabilityPredictor, nameof(IClassProbabilityPredictor));
    }

    /// <inheritdoc/>
    public bool IsTrained => _members.IsTrained;

    /// <summary>The number of members S.</summary>
    public int SampleCount => _members.Count;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, or nothing is labelled.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        int[] labels = labelled.ClassLabels();
        bool severalClasses = labels.AsSpan().ContainsAnyExcept(labels[0]);
        _members.Train(labelled, validation, random, bag => !severalClasses || bag.Any(i => labels[i] != labels[bag[0]]), cancellationToken);
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken).Mean();

    /// <summary>The members' probabilities [S×N×C]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The committee is not trained.</exception>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken);

    /// <inheritdoc/>
    public void Reset() => _members.Reset();

    private PosteriorClassSamples Samples(DatasetView items, CancellationToken cancellationToken)
    {
        _members.EnsureTrained(this);
        ArgumentNullException.ThrowIfNull(items);
        int size = checked(items.Count * items.Task.ClassCount);
        var values = new double[checked(_members.Count * size)];
        _members.ForEach(cancellationToken, (i, member) =>
            ((IClassProbabilityPredictor)member).PredictProbabilities(items, cancellationToken).Values.CopyTo(values.AsSpan(i * size, size)));
        return new PosteriorClassSamples(values, _members.Count, items.Task.ClassCount);
    }
}
