using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>What is to be learned: classification with C classes, regression, or multi-label classification with C classes. Immutable.</summary>
public sealed record LearningTask
{
    private LearningTask(TaskKinds kind, int classCount, IReadOnlyList<string>? classNames)
    {
        Kind = kind;
        ClassCount = classCount;
        ClassNames = classNames;
    }

    /// <summary>Regression: one real number for each item.</summary>
    public static LearningTask Regression { get; } = new(TaskKinds.Regression, 0, null);

    /// <summary>Exactly one of <see cref="TaskKinds.Classification"/>, <see cref="TaskKinds.Regression"/>, <see cref="TaskKinds.MultiLabel"/>.</summary>
    public TaskKinds Kind { get; }

    /// <summary>The number of classes C; 0 for regression.</summary>
    public int ClassCount { get; }

    /// <summary>The classes' names in order, where they are known.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>Classification into <paramref name="classCount"/> classes, numbered from 0.</summary>
    /// <param name="classCount">C, at least 1.</param>
    /// <returns>The task.</returns>
    public static LearningTask Classification(int classCount) => new(TaskKinds.Classification, Guard.Positive(classCount), null);

    /// <summary>Classification into named classes; class c has the c-th name.</summary>
    /// <param name="classNames">At least one name, no repeats.</param>
    /// <returns>The task.</returns>
    public static LearningTask Classification(IReadOnlyList<string> classNames) =>
        new(TaskKinds.Classification, CheckNames(classNames).Count, [.. classNames]);

    /// <summary>Multi-label classification: each item has any subset of <paramref name="classCount"/> classes.</summary>
    /// <param name="classCount">C, at least 1.</param>
    /// <returns>The task.</returns>
    public static LearningTask MultiLabel(int classCount) => new(TaskKinds.MultiLabel, Guard.Positive(classCount), null);

    /// <summary>
    /// Refuses a label that this task cannot have: another kind, a class outside [0, C), a value that is not finite. Items of a classification task may be
    /// out of distribution.
    /// </summary>
    /// <param name="label">The label; a missing one always passes.</param>
    /// <param name="index">The item's dataset index, for the message.</param>
    /// <exception cref="ArgumentException">The label does not fit.</exception>
    public void Validate(Label label, int index)
    {
        string? problem = (Kind, label.Kind) switch
        {
            (_, LabelKind.Missing) => null,
            (TaskKinds.Classification, LabelKind.Class) => label.Class < ClassCount
                ? null
                : Guard.Text($"class {label.Class} is outside [0, {ClassCount})"),
            (TaskKinds.Classification, LabelKind.OutOfDistribution) => null,
            (TaskKinds.Regression, LabelKind.Value) => null,
            (TaskKinds.MultiLabel, LabelKind.ClassSet) => label.ClassSet.Length == ClassCount
                ? null
                : Guard.Text($"it has {label.ClassSet.Length} flags for {ClassCount} classes"),
            _ => Guard.Text($"it is a {label.Kind} and the task is {this}"),
        };
        if (problem is not null)
        {
            throw new ArgumentException(Guard.Text($"The label of item {index} is {label}: {problem}."), nameof(label));
        }
    }

    /// <summary>Whether two tasks are the same: kind, number of classes, and the classes' names in order.</summary>
    /// <param name="other">The other task.</param>
    /// <returns>True when they are equal.</returns>
    public bool Equals(LearningTask? other) =>
        other is not null
        && Kind == other.Kind
        && ClassCount == other.ClassCount
        && (ClassNames ?? []).SequenceEqual(other.ClassNames ?? [], StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, ClassCount);

    /// <summary>Names the task, for messages.</summary>
    /// <returns>For example <c>classification (3 classes)</c>.</returns>
    public override string ToString() => Kind switch
    {
        TaskKinds.Classification => Guard.Text($"classification ({ClassCount} classes)"),
        TaskKinds.MultiLabel => Guard.Text($"multi-label classification ({ClassCount} classes)"),
        _ => "regression",
    };

    private static IReadOnlyList<string> CheckNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException("Class names must be distinct, and there must be at least one.", nameof(names));
        }

        return names;
    }
}
