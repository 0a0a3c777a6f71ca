namespace PyRelationAL.Datasets;

/// <summary>The files of a dataset, wherever they lie while it is read.</summary>
internal sealed class DatasetFiles(Func<DatasetFile, string> pathOf)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DatasetFormatException">It cannot be read.</exception>
    public T Read<T>(DatasetFile file, Func<Stream, T> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(pathOf(file));
            return read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetFormatException($"the file cannot be read ({e.Message.TrimEnd('.')}).", file.Path, innerException: e);
        }
    }
}
