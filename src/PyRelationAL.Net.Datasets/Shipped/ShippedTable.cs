using System.Globalization;
using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>The tables embedded in this assembly. Features are parsed once and shared; every load has labels of its own.</summary>
internal static class ShippedTable
{
    /// <summary>Where the tables that scikit-learn carries were taken from.</summary>
    public const string DebianSklearn = "Debian package python3-sklearn 1.2.1+dfsg-1";

    /// <summary>A source that reads a table at its first load.</summary>
    public static DatasetSource Source(DatasetInfo info, string resource, Func<DatasetInfo, CsvTable, InMemoryDataset> build)
    {
        var dataset = new Lazy<InMemoryDataset>(() => build(info, Read(resource)));
        return new DatasetSource(info, _ => dataset.Value.WithOwnLabels());
    }

    /// <summary>The classes of a table whose last column holds the numbers 0 to C − 1.</summary>
    public static InMemoryDataset NumberedClasses(DatasetInfo info, CsvTable table) =>
        Classes(info, table, text => int.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>
    /// A classification dataset: the table's last column decides the class, all columns from <paramref name="firstColumn"/> on are features. All rows, unless
    /// <paramref name="rows"/> tells which, and in which order.
    /// </summary>
    public static InMemoryDataset Classes(
        DatasetInfo info, CsvTable table, Func<string, int> classOf, int firstColumn = 0, IReadOnlyList<int>? rows = null)
    {
        string[][] taken = rows is null ? [.. table.Rows] : [.. rows.Select(row => table.Rows[row])];
        return new(info.Name, Features(taken, firstColumn), info.Task, [.. taken.Select(row => Label.OfClass(classOf(row[^1])))]);
    }

    /// <summary>A regression dataset: the table's last column is the value.</summary>
    public static InMemoryDataset Values(DatasetInfo info, CsvTable table) =>
        new(info.Name, Features(table.Rows, 0), info.Task, [.. table.Rows.Select(row => Label.OfValue(Number(row[^1])))]);

    /// <summary>Reads a number independent of the culture.</summary>
    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Reads a table.</summary>
    public static CsvTable Read(string resource)
    {
        string file = resource + ".csv.gz";
        using Stream packed = typeof(ShippedTable).Assembly.GetManifestResourceStream(file)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return CsvTable.Read(unpacked, file, ',', hasHeader: true);
    }

    private static FeatureMatrix Features(IEnumerable<string[]> rows, int firstColumn) =>
        FeatureMatrix.FromRows([.. rows.Select(row => Array.ConvertAll(row[firstColumn..^1], CsvNumber.ParseSingle))]);
}
