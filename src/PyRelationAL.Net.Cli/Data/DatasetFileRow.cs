using PyRelationAL.Datasets;

namespace PyRelationAL.Cli.Data;

/// <summary>A file of a dataset as tables and JSON have it; of data without files, only dataset and state.</summary>
internal sealed record DatasetFileRow(
    string Dataset, string? File, string State, string? Path, string? Sha256, string? ExpectedSha256, string[] Addresses, string? Problem)
{
    /// <summary>One row for each file.</summary>
    public static IEnumerable<DatasetFileRow> Of(DatasetInfo dataset, IReadOnlyList<CachedFile> files) => files.Count == 0
        ? [new DatasetFileRow(dataset.Name, null, StateOf(dataset), null, null, null, [], null)]
        : files.Select(file => new DatasetFileRow(
            dataset.Name,
            file.File.Name,
            StateOf(file.State),
            file.Path,
            file.Sha256,
            file.File.Sha256,
            [.. file.File.Addresses.Select(address => address.ToString())],
            file.Problem));

    /// <summary>Where the data come from: <c>shipped</c>, <c>generated</c> or <c>download</c>.</summary>
    public static string StateOf(DatasetInfo dataset) => dataset.Files.Count > 0 ? "download" : dataset.IsGenerated ? "generated" : "shipped";

    public static string StateOf(CachedFileState state) => state switch
    {
        CachedFileState.Verified => "verified",
        CachedFileState.HashUnknown => "readable, hash unknown",
        CachedFileState.Damaged => "damaged",
        _ => "missing",
    };
}
