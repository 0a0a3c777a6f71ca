using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Reproduction.Data;

/// <summary>Datasets with some of their rows, or with their rows in another order.</summary>
internal static class Rows
{
    /// <summary>The rows from <paramref name="first"/> on, permuted where there is a seed.</summary>
    public static int[] Order(int count, int first, long? permutation)
    {
        int[] order = [.. Enumerable.Range(first, count - first)];
        if (permutation is { } seed)
        {
            new RandomStream(seed).Child("unseeded permutation").Shuffle<int>(order);
        }

        return order;
    }

    /// <summary>The given rows in the given order, with labels of their own.</summary>
    public static InMemoryDataset Select(InMemoryDataset dataset, int[] rows) =>
        new(dataset.Name, dataset.Features.SelectRows(rows), dataset.Task, Array.ConvertAll(rows, dataset.GetLabel));

    /// <summary>A dataset under another name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dataset">The data.</param>
    /// <param name="lostRows">How many of the first rows to leave out.</param>
    /// <param name="permuted">Whether each seed has another order of the rows.</param>
    public static DatasetSource Of(string name, InMemoryDataset dataset, int lostRows = 0, bool permuted = false)
    {
        InMemoryDataset named = Named(name, dataset);
        DatasetInfo info = DatasetSource.Of(named).Info with { Rows = dataset.Count - lostRows };
        return new DatasetSource(info, seed => Select(named, Order(dataset.Count, lostRows, permuted ? seed : null)));
    }

    /// <summary>The same source under another name.</summary>
    public static DatasetSource Renamed(string name, DatasetSource source) => Renamed(name, source, source.Load);

    /// <summary>Data under another name, with what is known of a source.</summary>
    public static DatasetSource Renamed(string name, DatasetSource source, Func<long, IDataset> load) =>
        new(source.Info with { Name = name }, seed => Named(name, load(seed)));

    /// <summary>The same source with its targets rounded to single precision.</summary>
    public static DatasetSource WithSingleTargets(DatasetSource source) => new(source.Info, seed => Relabelled(source.Load(seed)));

    private static IDataset Relabelled(IDataset dataset) => dataset.Task.Kind != TaskKinds.Regression
        ? dataset
        : InMemoryDataset.ForRegression(
            dataset.Name, DatasetView.All(dataset).Features, [.. Enumerable.Range(0, dataset.Count).Select(i => (double)(float)dataset.GetLabel(i).Value)]);

    private static InMemoryDataset Named(string name, IDataset dataset) => new(
        name, DatasetView.All(dataset).Features, dataset.Task, [.. Enumerable.Range(0, dataset.Count).Select(dataset.GetLabel)]);
}
