using System.Collections.Immutable;
using System.Globalization;

namespace PyRelationAL;

/// <summary>One item's label: a class, a real value, a set of classes, "none of the classes", or missing (the default). Immutable.</summary>
public readonly struct Label : IEquatable<Label>
{
    private readonly double _number;
    private readonly ImmutableArray<bool> _classSet;

    private Label(LabelKind kind, double number, ImmutableArray<bool> classSet)
    {
        Kind = kind;
        _number = number;
        _classSet = classSet;
    }

    /// <summary>The label of an item that has not been labelled.</summary>
    public static Label Missing => default;

    /// <summary>
    /// The label of an item that is of none of the task's classes: what an oracle answers about items of an open-set pool that do not belong to it.
    /// </summary>
    public static Label OutOfDistribution => new(LabelKind.OutOfDistribution, 0, default);

    /// <summary>What the label holds.</summary>
    public LabelKind Kind { get; }

    /// <summary>Whether there is no label.</summary>
    public bool IsMissing => Kind == LabelKind.Missing;

    /// <summary>Whether the item is of none of the task's classes.</summary>
    public bool IsOutOfDistribution => Kind == LabelKind.OutOfDistribution;

    /// <summary>The class index.</summary>
    /// <exception cref="InvalidOperationException">The label is not a class.</exception>
    public int Class => Kind == LabelKind.Class ? (int)_number : throw Not(LabelKind.Class);

    /// <summary>The real value.</summary>
    /// <exception cref="InvalidOperationException">The label is not a value.</exception>
    public double Value => Kind == LabelKind.Value ? _number : throw Not(LabelKind.Value);

    /// <summary>The flags, one for each class.</summary>
    /// <exception cref="InvalidOperationException">The label is not a set of classes.</exception>
    public ImmutableArray<bool> ClassSet => Kind == LabelKind.ClassSet ? _classSet : throw Not(LabelKind.ClassSet);

    /// <summary>Whether two labels are the same.</summary>
    /// <param name="left">One label.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are equal.</returns>
    public static bool operator ==(Label left, Label right) => left.Equals(right);

    /// <summary>Whether two labels differ.</summary>
    /// <param name="left">One label.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they differ.</returns>
    public static bool operator !=(Label left, Label right) => !left.Equals(right);

    /// <summary>A class label.</summary>
    /// <param name="classIndex">At least 0.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static Label OfClass(int classIndex) => new(LabelKind.Class, Numerics.Guard.NonNegative(classIndex), default);

    /// <summary>A real-valued label.</summary>
    /// <param name="value">Any finite number.</param>
    /// <returns>The label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite; a missing label is <see cref="Missing"/>.</exception>
    public static Label OfValue(double value) => new(LabelKind.Value, Numerics.Guard.Finite(value), default);

    /// <summary>A multi-label label.</summary>
    /// <param name="flags">One flag for each class.</param>
    /// <returns>The label.</returns>
    public static Label OfClassSet(ReadOnlySpan<bool> flags) => new(LabelKind.ClassSet, 0, [.. flags]);

    /// <inheritdoc/>
    public bool Equals(Label other) =>
        Kind == other.Kind && _number.Equals(other._number) &&
        (Kind != LabelKind.ClassSet || _classSet.AsSpan().SequenceEqual(other._classSet.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Label other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _number, Kind == LabelKind.ClassSet ? _classSet.Length : 0);

    /// <summary>The label as text, independent of the culture.</summary>
    /// <returns>For example <c>class 2</c>, <c>3.5</c>, <c>{0, 2}</c>, <c>out of distribution</c> or <c>missing</c>.</returns>
    public override string ToString() => Kind switch
    {
        LabelKind.Class => string.Create(CultureInfo.InvariantCulture, $"class {(int)_number}"),
        LabelKind.Value => _number.ToString("R", CultureInfo.InvariantCulture),
        LabelKind.ClassSet => "{" + string.Join(", ", Enumerable.Range(0, _classSet.Length).Where(Has)) + "}",
        LabelKind.OutOfDistribution => "out of distribution",
        _ => "missing",
    };

    private bool Has(int c) => _classSet[c];

    private InvalidOperationException Not(LabelKind wanted) => new($"The label is {this}, not a {wanted}.");
}
