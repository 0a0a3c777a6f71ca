namespace PyRelationAL;

/// <summary>
/// Which dataset indices are for training, validation and testing, and which of the training indices are labelled at the start. Whatever is left null
/// is worked out by the <see cref="DataManager"/>.
/// </summary>
public sealed record DataSplit
{
    /// <summary>Training indices; where null, every index in neither <see cref="Validation"/> nor <see cref="Test"/>.</summary>
    public IReadOnlyList<int>? Train { get; init; }

    /// <summary>Validation indices; where null, there is no validation set.</summary>
    public IReadOnlyList<int>? Validation { get; init; }

    /// <summary>Test indices; where null, every index in neither <see cref="Train"/> nor <see cref="Validation"/>.</summary>
    public IReadOnlyList<int>? Test { get; init; }

    /// <summary>Training indices labelled at the start; where null, chosen at random as <see cref="InitialSize"/> says.</summary>
    public IReadOnlyList<int>? Labelled { get; init; }

    /// <summary>Training indices not labelled at the start; where null, every training index that is not in <see cref="Labelled"/>.</summary>
    public IReadOnlyList<int>? Unlabelled { get; init; }

    /// <summary>How many training indices to label at random where <see cref="Labelled"/> is null.</summary>
    /// <value>Default: a share of 0.1.</value>
    public InitialSize InitialSize { get; init; } = InitialSize.OfShare(0.1);

    /// <summary>
    /// The share, in (0, 1), of the initially unlabelled items with the largest absolute label that counts as hits; null for no hit ratio.
    /// </summary>
    public double? HitRatioAt { get; init; }

    /// <summary>Seed of the random initial labelled set.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }
}
