namespace PyRelationAL.Datasets;

/// <summary>Writes the features of one item, for <see cref="DelegateDataset{TItem}"/>.</summary>
/// <typeparam name="TItem">The raw item.</typeparam>
/// <param name="item">The raw item.</param>
/// <param name="destination">Where the features go.</param>
public delegate void CopyFeatures<in TItem>(TItem item, Span<float> destination);
