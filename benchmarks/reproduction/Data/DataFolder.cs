using PyRelationAL.Datasets;

namespace PyRelationAL.Reproduction.Data;

/// <summary>
/// The folder with the data that the library does not ship: publishers' files below <c>original</c>, and the paper's sample of SynthReg1 as CSV. What was
/// downloaded by the library is found too.
/// </summary>
internal sealed class DataFolder(string path)
{
    private const string Variable = "PYRELATIONAL_DATA", Originals = "original";

    /// <summary>The folder that the environment variable PYRELATIONAL_DATA names, or <c>../shared/datasets</c> beside the repository.</summary>
    public static DataFolder Default() => new(
        Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(RepositoryFolder.Find(), "..", "shared", "datasets"));

    /// <summary>A table with a header, features and the target last; null where it is missing.</summary>
    public InMemoryDataset? TryReadCsv(string file, CsvOptions options)
    {
        string csv = Path.Combine(path, file + ".csv");
        return File.Exists(csv) ? CsvDataset.Load(csv, options) : null;
    }

    /// <summary>
    /// A cache with the files of a dataset: the user's, or one of our own with copies of what lies in the folder; null where neither has them.
    /// </summary>
    public DatasetCache? TryFind(DatasetInfo dataset)
    {
        var users = new DatasetCache();
        if (users.Has(dataset))
        {
            return users;
        }

        var own = new DatasetCache(Path.Combine(RepositoryFolder.Find(), "artifacts", "datasets"));
        foreach (DatasetFile file in dataset.Files.Where(file => !File.Exists(own.PathOf(file))))
        {
            string original = Path.Combine(path, Originals, file.Name);
            if (!File.Exists(original))
            {
                return null;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(own.PathOf(file))!);
            File.Copy(original, own.PathOf(file));
        }

        return own;
    }
}
