namespace PyRelationAL.Datasets;

/// <summary>What a dataset's source knows of its download, whatever kind of dataset it is.</summary>
internal abstract class DatasetDownload
{
    /// <summary>Reads files wherever they lie.</summary>
    /// <exception cref="DatasetFormatException">They do not hold what they should.</exception>
    public abstract void CheckContents(Func<DatasetFile, string> pathOf);
}
