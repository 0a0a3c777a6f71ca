namespace PyRelationAL.Datasets;

/// <summary>What a <see cref="Scenario"/> makes of a dataset and one of its folds. Immutable but for the dataset's labels.</summary>
/// <param name="Dataset">
/// The same items under the same indices, with labels of its own: known classes are numbered from 0 in their original order, items of the others are
/// <see cref="Label.OutOfDistribution"/>.
/// </param>
/// <param name="Fold">
/// The training items that the scenario keeps, and the test items of known classes. Starts and data managers take both as they are.
/// </param>
/// <param name="KnownClasses">The original class of each class, ascending.</param>
public sealed record ScenarioFold(IDataset Dataset, Fold Fold, IReadOnlyList<int> KnownClasses);
