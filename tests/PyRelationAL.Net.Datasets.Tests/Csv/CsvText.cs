using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Csv;

/// <summary>Loads CSV that is written in the test itself.</summary>
internal static class CsvText
{
    public static InMemoryDataset Load(string text, CsvOptions? options = null) => Load(Encoding.UTF8.GetBytes(text), options);

    public static InMemoryDataset Load(byte[] bytes, CsvOptions? options = null) => CsvDataset.Load(new MemoryStream(bytes), "people.csv", options);

    /// <summary>The error that loading gives.</summary>
    public static DatasetFormatException Error(string text, CsvOptions? options = null) =>
        Assert.Throws<DatasetFormatException>(() => Load(text, options))!;

    public static float[] Column(InMemoryDataset dataset, int column) =>
        [.. Enumerable.Range(0, dataset.Count).Select(i => dataset.Features.Row(i)[column])];

    public static int[] Classes(InMemoryDataset dataset) => DatasetView.All(dataset).ClassLabels();

    public static double[] Values(InMemoryDataset dataset) => DatasetView.All(dataset).Values();
}
