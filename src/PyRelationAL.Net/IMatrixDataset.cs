namespace PyRelationAL;

/// <summary>
/// A dataset that gives the features of many items at once: without copying where they lie side by side in memory or in a mapped file, in one pass where they
/// do not. A <see cref="DatasetView"/> asks it for all its rows instead of copying them one by one.
/// </summary>
public interface IMatrixDataset : IDataset
{
    /// <summary>The features of some items.</summary>
    /// <param name="indices">The items, each in [0, <see cref="IDataset.Count"/>).</param>
    /// <returns>
    /// [indices.Length×<see cref="IDataset.FeatureCount"/>]; row i belongs to item <c>indices[i]</c>. The memory may be shared and must not change.
    /// </returns>
    FeatureMatrix GetFeatures(ReadOnlySpan<int> indices);
}
