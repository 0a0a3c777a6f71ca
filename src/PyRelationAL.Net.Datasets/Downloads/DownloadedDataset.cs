namespace PyRelationAL.Datasets;

/// <summary>A dataset read from the cache into memory.</summary>
/// <param name="info">What is known of it.</param>
/// <param name="read">Gets the files and throws <see cref="DatasetFormatException"/> where they are wrong.</param>
internal sealed class DownloadedDataset(DatasetInfo info, Func<DatasetFiles, InMemoryDataset> read)
    : DownloadedDataset<InMemoryDataset>(info, read, data => data.WithOwnLabels());
