using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// A harder version of a classification problem: an open-set pool, which holds items of classes that are not the task's own, imbalanced classes, or both.
/// Immutable; two scenarios are equal when their names are.
/// </summary>
/// <remarks>
/// <para>
/// It changes the training items only. The test items are those of the plain problem, without the classes that are not known. Items of unknown classes are in
/// the pool, and where the start is a <see cref="RandomStart"/> among what is known at first: the oracle answers <see cref="Label.OutOfDistribution"/>, which
/// costs budget like any label.
/// </para>
/// <para>
/// Order, where both are asked for: the known classes are chosen, they are thinned to the profile of the imbalance, and the pool is thinned to the open-set
/// rate. Which items of a class stay is decided by one order of the dataset's items, drawn once from <see cref="Seed"/>: runs of all strategies and seeds
/// share it, a milder imbalance keeps all that a stronger one keeps, and pool and training set are always the same items.
/// </para>
/// <para>
/// The settings of the ALScope benchmark as its code has them, apart from two faults: there the test set is thinned too, and the share of unknown items
/// differs from the rate where the classes have other proportions.
/// </para>
/// </remarks>
public sealed record Scenario
{
    private readonly KnownClasses? _known;

    private Scenario(KnownClasses? known, double? rate, double? factor)
    {
        _known = known;
        OpenSetRate = rate;
        ImbalanceFactor = factor;
    }

    /// <summary>
    /// The share r of the training items that are of unknown classes, strictly between 0 and 1; null where all of them stay, or where the pool is no open
    /// set.
    /// </summary>
    public double? OpenSetRate { get; }

    /// <summary>Whether the pool holds items of classes that are not known.</summary>
    public bool IsOpenSet => _known is not null;

    /// <summary>The share f of the last class's training items that stay, in (0, 1]; null where classes keep their sizes.</summary>
    public double? ImbalanceFactor { get; }

    /// <summary>Decides which items are left out where a class is thinned; the same for the runs of all seeds.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }

    /// <summary>The name for reports and stored results; different for different scenarios.</summary>
    /// <value>For example <c>open-set 0.4, imbalance 0.2</c>.</value>
    public string Name
    {
        get
        {
            string rate = OpenSetRate is { } r ? Invariant($" {r:R}") : string.Empty;
            string[] parts =
            [
                .. _known is null ? Array.Empty<string>() : [$"open-set{rate}{_known.Name}"],
                .. ImbalanceFactor is { } factor ? [Invariant($"imbalance {factor:R}")] : Array.Empty<string>(),
                .. Seed == 0 ? Array.Empty<string>() : [Invariant($"seed {Seed}")],
            ];
            return string.Join(", ", parts);
        }
    }

    /// <summary>
    /// An open-set pool whose known classes are drawn: round((1 − r) · C) of the C classes, at least two, others for each seed of the runs.
    /// </summary>
    /// <param name="rate">
    /// r, the share of the training items that are of unknown classes, strictly between 0 and 1. All known items stay and r / (1 − r) as many unknown ones;
    /// where there are fewer of those, they all stay and the known ones are thinned, each class by the same share.
    /// </param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static Scenario OpenSet(double rate) => new(new KnownClasses.Drawn(), Rate(rate), null);

    /// <summary>An open-set pool with these known classes, at least one and not all.</summary>
    /// <param name="knownClasses">The classes by name, or by number from 0.</param>
    /// <param name="rate">As in <see cref="OpenSet(double)"/>; null to keep all items of the other classes.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentException">No class is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static Scenario OpenSet(IReadOnlyList<string> knownClasses, double? rate = null)
    {
        ArgumentNullException.ThrowIfNull(knownClasses);
        return knownClasses.Count > 0
            ? new Scenario(new KnownClasses.Named([.. knownClasses]), rate is { } r ? Rate(r) : null, null)
            : throw new ArgumentException("Every class is unknown: no known class is named. Name at least one.", nameof(knownClasses));
    }

    /// <summary>
    /// An open-set pool with the known classes of the ALScope benchmark, which has lists for AGNEWS, CIFAR10, CIFAR100, DBPEDIA, IMDB, MNIST, RCV1, SST5, SVHN,
    /// TREC6 and YELP: seed t has those of trial t.
    /// </summary>
    /// <param name="rate">As in <see cref="OpenSet(double)"/>; for some datasets one of 0.2, 0.4, 0.6, 0.8.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static Scenario ALScopeOpenSet(double rate) => new(new KnownClasses.OfALScope(), Rate(rate), null);

    /// <summary>
    /// Classes with a long tail: of n[c] training items of class c, ⌊n[c] · f^(c/(C−1))⌋ stay. The first class keeps all, the last the share f.
    /// </summary>
    /// <param name="factor">f, in (0, 1]; smaller is more imbalanced.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public static Scenario Imbalanced(double factor) => factor is > 0 and <= 1
        ? new Scenario(null, null, factor)
        : throw new ArgumentOutOfRangeException(
            nameof(factor),
            factor,
            Invariant($"An imbalance factor of {factor} was asked for; it must lie in (0, 1]: the share of the last class that stays."));

    /// <summary>This scenario and another one together; the order of the two does not matter.</summary>
    /// <param name="other">An imbalance for an open set, or an open set for an imbalance, with the same <see cref="Seed"/>.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ArgumentException">Both are open sets, both are imbalanced, or the seeds differ.</exception>
    public Scenario And(Scenario other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if ((_known ?? other._known) is { } known
            && (ImbalanceFactor ?? other.ImbalanceFactor) is { } factor
            && IsOpenSet != other.IsOpenSet
            && ImbalanceFactor is null != other.ImbalanceFactor is null
            && Seed == other.Seed)
        {
            return new Scenario(known, OpenSetRate ?? other.OpenSetRate, factor) { Seed = Seed };
        }

        throw new ArgumentException(
            $"'{Name}' and '{other.Name}' cannot be combined: one must be an open set, the other an imbalance, and their seeds must be equal.", nameof(other));
    }

    /// <summary>Applies the scenario to one fold. O(N log N) beside reading the labels; features in memory are shared.</summary>
    /// <param name="dataset">A classification dataset; it is left as it is.</param>
    /// <param name="fold">Training and test items; training items without a label are kept.</param>
    /// <param name="seed">The run's seed: decides which classes are known, where they are drawn.</param>
    /// <returns>The dataset with the task's labels, and the fold with the items that stay.</returns>
    /// <exception cref="ArgumentException">
    /// The dataset is not for classification; a named class does not exist, or all are known; the scenario leaves a class without training items, or no item of
    /// an unknown class; ALScope has no list for the dataset, rate and seed.
    /// </exception>
    public ScenarioFold Apply(IDataset dataset, Fold fold, long seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(fold);
        if (dataset.Task.Kind != TaskKinds.Classification)
        {
            throw new ArgumentException(
                $"The scenario '{Name}' needs classes; dataset '{dataset.Name}' is for {dataset.Task}.", nameof(dataset));
        }

        int[] known = _known?.Choose(dataset, OpenSetRate, seed) ?? [.. Enumerable.Range(0, dataset.Task.ClassCount)];
        IDataset ofTask = IsOpenSet ? Relabelling.Of(dataset, known) : Relabelling.Copy(dataset);
        var thinning = new Thinning(ofTask, fold.Train, new RandomStream(Seed).Child("scenario"));
        if (ImbalanceFactor is { } factor)
        {
            thinning.ToLongTail(factor);
        }

        if (OpenSetRate is { } rate)
        {
            thinning.ToRate(rate);
        }

        int[] test = [.. fold.Test.Where(i => !ofTask.GetLabel(i).IsOutOfDistribution)];
        return new ScenarioFold(ofTask, new Fold(thinning.Kept(), test), known);
    }

    /// <summary>Whether two scenarios have the same name.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True when they are equal.</returns>
    public bool Equals(Scenario? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static double Rate(double rate) => rate is > 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(
            nameof(rate), rate, Invariant($"An open-set rate of {rate} was asked for; it must lie strictly between 0 and 1: the share of unknown items."));
}
