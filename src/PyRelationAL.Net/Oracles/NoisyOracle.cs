using PyRelationAL.Numerics;

namespace PyRelationAL.Oracles;

/// <summary>
/// Spoils another oracle's answers: a class is replaced, with a given probability, by one of the other classes; a value gets Gaussian noise of a given σ. The
/// noise on an item depends on the seed and the item alone, not on when it is asked.
/// </summary>
/// <remarks>
/// Labels are stored in the dataset as answered: give each run a dataset with labels of its own (<see cref="Datasets.InMemoryDataset.WithOwnLabels"/>).
/// </remarks>
public sealed class NoisyOracle : IOracle
{
    private readonly IOracle _inner;
    private readonly double _flipProbability;
    private readonly double _sigma;
    private readonly RandomStream _random;

    /// <summary>Wraps an oracle.</summary>
    /// <param name="inner">Who really answers.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="flipProbability">The probability, in [0, 1], that a class becomes another one, drawn uniformly.</param>
    /// <param name="sigma">The standard deviation, at least 0, of the noise on values, in units of the target.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public NoisyOracle(IOracle inner, long seed, double flipProbability = 0, double sigma = 0)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _flipProbability = Guard.Share(flipProbability);
        _sigma = Guard.NonNegative(sigma);
        _random = new RandomStream(seed).Child(nameof(NoisyOracle));
    }

    /// <inheritdoc/>
    public string Name => $"noisy {_inner.Name}";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Label>> LabelAsync(DatasetView items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        IReadOnlyList<Label> answers = await _inner.LabelAsync(items, cancellationToken).ConfigureAwait(false);
        return [.. answers.Select((answer, i) => Spoil(answer, items.Task, _random.Child(items.Indices[i])))];
    }

    private Label Spoil(Label answer, LearningTask task, RandomStream random) => answer.Kind switch
    {
        LabelKind.Class when task.ClassCount > 1 && random.NextDouble() < _flipProbability =>
            Label.OfClass((answer.Class + 1 + random.NextInt32(task.ClassCount - 1)) % task.ClassCount),
        LabelKind.Value => Label.OfValue(answer.Value + (_sigma * random.NextGaussian())),
        LabelKind.ClassSet => Label.OfClassSet([.. answer.ClassSet.Select(flag => flag ^ (random.NextDouble() < _flipProbability))]),
        _ => answer,
    };
}
