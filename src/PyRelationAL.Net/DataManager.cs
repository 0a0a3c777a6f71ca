using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>
/// The one owner of which dataset index is labelled, unlabelled, validation or test. It resolves splits that are given in part, refuses those that
/// leak, and moves items from unlabelled to labelled as the oracle answers.
/// </summary>
/// <remarks>
/// <para>
/// In an open-set pool some items are of none of the task's classes. Their label is <see cref="Label.OutOfDistribution"/>: once the oracle has said so they
/// leave the pool, cost their budget, and no model is trained on them; they are kept apart (<see cref="OutOfDistributionView"/>) for strategies that learn from
/// them.
/// </para>
/// <para>
/// One role for each index is the whole state; moving an index costs O(1). Orders are deterministic: unlabelled indices ascend, labelled indices are
/// in the order in which they were labelled, the initial ones first and ascending. Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class DataManager
{
    private readonly Role[] _roles;
    private readonly List<int> _labelled = [];
    private readonly List<int> _outOfDistribution = [];
    private readonly int[] _train;
    private readonly int[] _validation;
    private readonly int[] _test;
    private readonly HashSet<int>? _hits;
    private readonly List<string> _warnings = [];
    private int[]? _unlabelledCache;

    // Kept, so that their features are copied and checked once and not every round.
    private DatasetView? _validationView;
    private DatasetView? _testView;

    /// <summary>Takes over a dataset.</summary>
    /// <param name="dataset">The dataset; only its labels will change, and only when an oracle answers.</param>
    /// <param name="split">What is known of the split; at least the training or the test indices.</param>
    /// <exception cref="ArgumentException">
    /// Neither training nor test indices are given; a set is empty that must not be; a set repeats an index, overlaps another or names an index that the
    /// dataset does not have; labelled and unlabelled are not together the training set; an item that counts as labelled has no label.
    /// </exception>
    public DataManager(IDataset dataset, DataSplit split)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(split);
        Dataset = dataset;
        _roles = new Role[dataset.Count];

        if (split.Train is null && split.Test is null)
        {
            throw new ArgumentException(
                "Neither training nor test indices are given: give at least one of them, and the other becomes what is left.", nameof(split));
        }

        Assign(split.Train, Role.Unlabelled);
        Assign(split.Validation, Role.Validation);
        Assign(split.Test, Role.Test);
        int[] rest = IndicesWith(Role.None);
        _train = split.Train is null ? rest : Sorted(split.Train);
        _validation = Sorted(split.Validation ?? []);
        _test = split.Test is null ? rest : Sorted(split.Test);
        NotEmpty(_train, "training", split.Train is null);
        NotEmpty(_test, "test", split.Test is null);
        if (split.Train is not null && split.Test is not null && rest.Length > 0)
        {
            _warnings.Add(Guard.Text($"{rest.Length} of the {dataset.Count} items are in no split and will not be used, for example item {rest[0]}."));
        }

        Array.ForEach(_train, i => _roles[i] = Role.Unlabelled);
        Array.ForEach(_test, i => _roles[i] = Role.Test);

        int[] initial = [.. InitialLabelled(split)];
        RequireLabels(initial, "labelled");
        RequireLabels(_validation, "validation", ofClasses: true);
        RequireLabels(_test, "test", ofClasses: true);
        Array.ForEach(initial, Answered);
        _hits = split.HitRatioAt is { } share ? FindHits(share) : null;
    }

    private enum Role : byte
    {
        None = 0,
        Unlabelled,
        Labelled,
        OutOfDistribution,
        Validation,
        Test,
    }

    /// <summary>The dataset.</summary>
    public IDataset Dataset { get; }

    /// <summary>All training indices, labelled or not, ascending.</summary>
    public IReadOnlyList<int> TrainIndices => _train;

    /// <summary>Validation indices, ascending; empty where there is no validation set.</summary>
    public IReadOnlyList<int> ValidationIndices => _validation;

    /// <summary>Test indices, ascending.</summary>
    public IReadOnlyList<int> TestIndices => _test;

    /// <summary>Labelled training indices in the order of labelling.</summary>
    public IReadOnlyList<int> LabelledIndices => _labelled;

    /// <summary>Training indices that are known to be out of distribution, in the order in which that was learned.</summary>
    public IReadOnlyList<int> OutOfDistributionIndices => _outOfDistribution;

    /// <summary>Unlabelled training indices, ascending. O(training set) after a change, O(1) otherwise.</summary>
    public IReadOnlyList<int> UnlabelledIndices => UnlabelledArray();

    /// <summary>The number of labelled training items. O(1).</summary>
    public int LabelledCount => _labelled.Count;

    /// <summary>The number of unlabelled training items. O(1).</summary>
    public int UnlabelledCount => _train.Length - _labelled.Count - _outOfDistribution.Count;

    /// <summary>The share of the training items that is labelled, in [0, 1].</summary>
    public double LabelledShare => (double)_labelled.Count / _train.Length;

    /// <summary>The items that count as hits, or null where no hit ratio was asked for.</summary>
    public IReadOnlySet<int>? Hits => _hits;

    /// <summary>What is odd about the split without being wrong, such as indices that are in no split.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether a training item is labelled. O(1).</summary>
    /// <param name="index">A dataset index.</param>
    /// <returns>True when it is labelled.</returns>
    public bool IsLabelled(int index) => _roles[Known(index, nameof(index))] == Role.Labelled;

    /// <summary>The labelled items, with their labels.</summary>
    /// <returns>A snapshot.</returns>
    public DatasetView LabelledView() => new(Dataset, _labelled.ToArray());

    /// <summary>The training items that are known to be out of distribution.</summary>
    /// <returns>A snapshot.</returns>
    public DatasetView OutOfDistributionView() => new(Dataset, _outOfDistribution.ToArray());

    /// <summary>The unlabelled items: the pool.</summary>
    /// <returns>A snapshot.</returns>
    public DatasetView UnlabelledView() => new(Dataset, UnlabelledArray());

    /// <summary>All training items.</summary>
    /// <returns>A view.</returns>
    public DatasetView TrainView() => new(Dataset, _train);

    /// <summary>The validation items, or null where there is no validation set.</summary>
    /// <returns>A view.</returns>
    public DatasetView? ValidationView() => _validation.Length == 0 ? null : _validationView ??= new DatasetView(Dataset, _validation);

    /// <summary>The test items.</summary>
    /// <returns>A view.</returns>
    public DatasetView TestView() => _testView ??= new DatasetView(Dataset, _test);

    /// <summary>
    /// Stores labels and moves their items from unlabelled to labelled, or to what is known to be out of distribution. Everything is checked before anything
    /// changes, so a refused call changes nothing. O(1) for each item.
    /// </summary>
    /// <param name="indices">Distinct unlabelled training indices.</param>
    /// <param name="labels">One label for each, none missing, each fitting the task.</param>
    /// <exception cref="ArgumentException">An index is unknown, repeated or not unlabelled, or a label is missing or does not fit.</exception>
    public void SetLabels(IReadOnlyList<int> indices, IReadOnlyList<Label> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireUnlabelled(indices);
        Guard.SameLength(indices.Count, labels.Count, "labels", nameof(labels));
        for (int i = 0; i < indices.Count; i++)
        {
            if (labels[i].IsMissing)
            {
                throw new ArgumentException(Guard.Text($"The label of item {indices[i]} is missing."), nameof(labels));
            }

            Dataset.Task.Validate(labels[i], indices[i]);
        }

        for (int i = 0; i < indices.Count; i++)
        {
            Dataset.SetLabel(indices[i], labels[i]);
            Answered(indices[i]);
        }

        _unlabelledCache = null;
    }

    /// <summary>The share of all hits that a batch contains: |batch ∩ hits| / |hits|.</summary>
    /// <param name="batch">Dataset indices.</param>
    /// <returns>A share in [0, 1], or null where no hit ratio was asked for.</returns>
    public double? HitRatio(IReadOnlyList<int> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _hits is null ? null : (double)batch.Distinct().Count(_hits.Contains) / _hits.Count;
    }

    /// <summary>A summary in four lines.</summary>
    /// <returns>Sizes of the sets and the percentage labelled.</returns>
    public override string ToString() => Guard.Text(
        $"DataManager\nTraining set size: {_train.Length}\nLabelled: {LabelledCount}, Unlabelled: {UnlabelledCount}\n")
        + Guard.Text($"Percentage Labelled: {100 * LabelledShare:F3}");

    /// <summary>Refuses anything but distinct unlabelled training indices: to be called before anyone is asked to label them.</summary>
    internal void RequireUnlabelled(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var seen = new HashSet<int>(indices.Count);
        foreach (int index in indices)
        {
            Role role = _roles[Known(index, nameof(indices))];
            if (role != Role.Unlabelled)
            {
                throw new ArgumentException(
                    Guard.Text($"Item {index} cannot be labelled: it is {Describe(role)}, not an unlabelled training item."), nameof(indices));
            }

            if (!seen.Add(index))
            {
                throw new ArgumentException(Guard.Text($"Item {index} is given twice."), nameof(indices));
            }
        }
    }

    private static void NotEmpty(int[] indices, string what, bool derived)
    {
        if (indices.Length == 0)
        {
            throw new ArgumentException(
                derived ? $"The {what} set is empty: the other sets take every item of the dataset." : $"The {what} set is empty.", "split");
        }
    }

    private static int[] Sorted(IReadOnlyList<int> indices)
    {
        int[] sorted = [.. indices];
        Array.Sort(sorted);
        return sorted;
    }

    private static string Describe(Role role) => role switch
    {
        Role.Unlabelled => "in the training set",
        Role.Labelled => "labelled",
        Role.OutOfDistribution => "known to be out of distribution",
        Role.Validation => "in the validation set",
        Role.Test => "in the test set",
        _ => "in no split",
    };

    /// <summary>Gives indices a role; refuses unknown ones, repeats, and those that have a role already.</summary>
    private void Assign(IReadOnlyList<int>? indices, Role role)
    {
        string set = role switch { Role.Unlabelled => "training", Role.Validation => "validation", _ => "test" };
        foreach (int index in indices ?? [])
        {
            Role before = _roles[Known(index, set + " indices")];
            if (before != Role.None)
            {
                throw new ArgumentException(
                    before == role
                        ? Guard.Text($"The {set} indices repeat item {index}.")
                        : Guard.Text($"The split overlaps: item {index} is {Describe(before)} and among the {set} indices."),
                    "split");
            }

            _roles[index] = role;
        }
    }

    private IEnumerable<int> InitialLabelled(DataSplit split)
    {
        if (split.Labelled is null && split.Unlabelled is null)
        {
            int count = split.InitialSize.Resolve(_train.Length);
            int[] drawn = new RandomStream(split.Seed).Child("initial labels").Sample(_train.Length, count);
            return drawn.Select(position => _train[position]).Order();
        }

        HashSet<int>? labelled = split.Labelled is null ? null : TrainingSubset(split.Labelled, "labelled");
        HashSet<int>? unlabelled = split.Unlabelled is null ? null : TrainingSubset(split.Unlabelled, "unlabelled");
        if (labelled is not null && unlabelled is not null)
        {
            int both = Sorted([.. labelled]).FirstOrDefault(unlabelled.Contains, -1);
            if (both >= 0)
            {
                throw new ArgumentException(Guard.Text($"Item {both} is both labelled and unlabelled."), nameof(split));
            }

            int neither = Array.Find(_train, i => !labelled.Contains(i) && !unlabelled.Contains(i));
            if (labelled.Count + unlabelled.Count != _train.Length)
            {
                throw new ArgumentException(
                    Guard.Text($"Labelled and unlabelled indices must together be the training set: item {neither} is in neither."), nameof(split));
            }
        }

        return _train.Where(i => labelled?.Contains(i) ?? !unlabelled!.Contains(i));
    }

    private HashSet<int> TrainingSubset(IReadOnlyList<int> indices, string set)
    {
        var result = new HashSet<int>(indices.Count);
        foreach (int index in indices)
        {
            Role role = _roles[Known(index, set + " indices")];
            if (role != Role.Unlabelled)
            {
                throw new ArgumentException(
                    Guard.Text($"The {set} indices leak: item {index} is {Describe(role)}, not in the training set."), "split");
            }

            if (!result.Add(index))
            {
                throw new ArgumentException(Guard.Text($"The {set} indices repeat item {index}."), "split");
            }
        }

        return result;
    }

    private HashSet<int> FindHits(double share)
    {
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException("split", share, Guard.Text($"HitRatioAt is {share}; it must lie strictly between 0 and 1."));
        }

        if (Dataset.Task.Kind == TaskKinds.MultiLabel)
        {
            throw new ArgumentException(
                $"HitRatioAt is given, and dataset '{Dataset.Name}' is for {Dataset.Task}: sets of classes have no largest one.", "split");
        }

        int[] pool = UnlabelledArray();
        int count = Guard.FloorOfShare(share, pool.Length);
        if (count == 0)
        {
            throw new ArgumentException(
                Guard.Text($"HitRatioAt is {share}, which is less than one of the {pool.Length} unlabelled items; ")
                + Guard.Text($"it must be at least {1.0 / Math.Max(1, pool.Length)}."),
                "split");
        }

        RequireLabels(pool, "hit-ratio candidate");
        double Size(int index)
        {
            Label label = Dataset.GetLabel(index);
            return label.Kind switch
            {
                LabelKind.Value => Math.Abs(label.Value),
                LabelKind.OutOfDistribution => -1,
                _ => label.Class,
            };
        }

        double[] sizes = [.. pool.Select(Size).OrderDescending()];
        double threshold = sizes[count - 1];
        return [.. pool.Where(i => Size(i) >= threshold)];
    }

    /// <summary>Moves an item whose label is known out of the pool.</summary>
    private void Answered(int index)
    {
        bool outside = Dataset.GetLabel(index).IsOutOfDistribution;
        _roles[index] = outside ? Role.OutOfDistribution : Role.Labelled;
        (outside ? _outOfDistribution : _labelled).Add(index);
    }

    private void RequireLabels(IReadOnlyList<int> indices, string set, bool ofClasses = false)
    {
        foreach (int index in indices)
        {
            Label label = Dataset.GetLabel(index);
            if (ofClasses && label.IsOutOfDistribution)
            {
                throw new ArgumentException(
                    Guard.Text($"Item {index} is a {set} item and out of distribution: models are measured on items of the task's classes only."), "split");
            }

            if (label.IsMissing)
            {
                throw new ArgumentException(Guard.Text($"Item {index} is a {set} item and has no label in dataset '{Dataset.Name}'."), "split");
            }
        }
    }

    private int[] IndicesWith(Role role) => [.. Enumerable.Range(0, _roles.Length).Where(i => _roles[i] == role)];

    private int[] UnlabelledArray() => _unlabelledCache ??= Array.FindAll(_train, i => _roles[i] == Role.Unlabelled);

    private int Known(int index, string name) => (uint)index < (uint)_roles.Length
        ? index
        : throw new ArgumentOutOfRangeException(
            name, index, Guard.Text($"Index {index} is unknown: dataset '{Dataset.Name}' has items 0 to {_roles.Length - 1}."));
}
