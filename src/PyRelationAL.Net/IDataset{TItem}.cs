namespace PyRelationAL;

/// <summary>A dataset that also gives the raw item, for models and labelling pages that want the text, the image or its path.</summary>
/// <typeparam name="TItem">The raw item.</typeparam>
public interface IDataset<out TItem> : IDataset
{
    /// <summary>The raw item.</summary>
    /// <param name="index">The item, in [0, <see cref="IDataset.Count"/>).</param>
    /// <returns>The item.</returns>
    TItem GetItem(int index);
}
