using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Tests;

/// <summary>The page on data sets knows every one of them, and says of those with a row what the catalogue says.</summary>
internal sealed class DatasetPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Absolute("docs/datasets.md"));

    private static IEnumerable<DatasetInfo> All => DatasetCatalogue.All.Select(source => source.Info);

    [TestCaseSource(nameof(All))]
    public void A_data_set_is_on_the_page_with_its_sizes_and_licence(DatasetInfo info)
    {
        if (info.IsGenerated)
        {
            Assert.That(Lines, Has.Some.Contains($"`{info.Name}`"));
            return;
        }

        string task = info.Classes is { } classes ? Invariant($"{classes} classes") : "regression";
        string row = Lines.Single(line => line.StartsWith(Invariant($"| `{info.Name}` | {task} | {info.Rows} | {info.Features} |"), StringComparison.Ordinal));
        if (info.Files.Count > 0)
        {
            bool[] known = [.. info.Files.Select(file => file.Sha256 is not null)];
            string hash = known.All(k => k) ? "known" : known.Any(k => k) ? "labels only" : "not known";
            Assert.That(row, Does.Contain($" | {info.Licence} | {hash} | "));
        }
    }
}
