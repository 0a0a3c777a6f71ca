using PyRelationAL.Datasets;

namespace PyRelationAL.Reproduction.Data;

/// <summary>Energy with the target that PyRelationAL has, the cooling load, in the published order.</summary>
internal static class CoolingLoad
{
    /// <summary>With the heating load as the ninth feature.</summary>
    public static InMemoryDataset LoadWithHeatingLoad(DatasetCache cache)
    {
        InMemoryDataset published = Energy.Load(cache: cache), permuted = Energy.Load(paperCompatible: true, cache);

        // All buildings differ in their eight properties, so that these tell where a row was.
        Dictionary<string, int> places = Enumerable.Range(0, permuted.Count).ToDictionary(i => Key(permuted, i));
        return Rows.Select(permuted, [.. Enumerable.Range(0, published.Count).Select(i => places[Key(published, i)])]);

        string Key(InMemoryDataset dataset, int row) => Convert.ToHexString(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(dataset.Features.Row(row)[..published.FeatureCount]));
    }

    /// <summary>With the eight properties of the building alone.</summary>
    public static InMemoryDataset Load(DatasetCache cache)
    {
        InMemoryDataset whole = LoadWithHeatingLoad(cache);
        float[][] rows = [.. Enumerable.Range(0, whole.Count).Select(i => whole.Features.Row(i)[..^1].ToArray())];
        double[] targets = [.. Enumerable.Range(0, whole.Count).Select(i => whole.GetLabel(i).Value)];
        return InMemoryDataset.ForRegression(whole.Name, FeatureMatrix.FromRows(rows), targets);
    }
}
