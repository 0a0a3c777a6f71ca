using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Reproduction.Data;

/// <summary>The folder with the published data as CSV, one file for each dataset: header, features, target last, rows in the published order.</summary>
internal sealed class DataFolder(string path)
{
    private const string Variable = "PYRELATIONAL_DATA";

    /// <summary>The folder that the environment variable PYRELATIONAL_DATA names, or <c>../shared/datasets</c> beside the repository.</summary>
    public static DataFolder Default() => new(
        Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(RepositoryFolder.Find(), "..", "shared", "datasets"));

    /// <summary>Whether a dataset is there.</summary>
    public bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>A source that reads a file once, at its first load.</summary>
    /// <param name="name">The dataset's name in the paper's tables.</param>
    /// <param name="file">The file's name without <c>.csv</c>.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="lostRows">How many of the first rows to leave out.</param>
    /// <param name="permuted">Whether each seed has another order of the rows.</param>
    public DatasetSource Source(string name, string file, CsvOptions options, int lostRows = 0, bool permuted = false)
    {
        var data = new Lazy<InMemoryDataset>(() => CsvDataset.Load(PathOf(file), options with { Name = name }));
        InMemoryDataset first = data.Value;
        var info = new DatasetInfo
        {
            Name = name,
            Task = first.Task,
            Rows = first.Count - lostRows,
            Features = first.FeatureCount,
            Licence = "see the publisher",
            Citation = "see the publisher",
            Origin = file + ".csv",
        };
        return new DatasetSource(info, seed => Rows.Select(data.Value, Rows.Order(first.Count, lostRows, permuted ? seed : null)));
    }

    private string PathOf(string file) => Path.Combine(path, file + ".csv");
}
