namespace PyRelationAL.Datasets;

/// <summary>One division of a dataset into training and test items. Immutable.</summary>
/// <param name="Train">Dataset indices for training, ascending.</param>
/// <param name="Test">Dataset indices for testing, ascending; none of them is in <paramref name="Train"/>.</param>
public sealed record Fold(IReadOnlyList<int> Train, IReadOnlyList<int> Test);
