namespace PyRelationAL.Datasets;

/// <summary>The same items with the labels of an open-set task.</summary>
internal static class Relabelling
{
    /// <summary>Known classes numbered from 0 in the order given; all others out of distribution; missing labels stay missing.</summary>
    public static IDataset Of(IDataset dataset, int[] known)
    {
        LearningTask task = dataset.Task.ClassNames is { } names
            ? LearningTask.Classification([.. known.Select(c => names[c])])
            : LearningTask.Classification(known.Length);
        return WithLabels(dataset, task, label => label.Kind != LabelKind.Class ? label : Array.IndexOf(known, label.Class) switch
        {
            -1 => Label.OutOfDistribution,
            int position => Label.OfClass(position),
        });
    }

    public static IDataset Copy(IDataset dataset) => WithLabels(dataset, dataset.Task, label => label);

    private static IDataset WithLabels(IDataset dataset, LearningTask task, Func<Label, Label> map)
    {
        Label[] labels = [.. Enumerable.Range(0, dataset.Count).Select(i => map(dataset.GetLabel(i)))];
        return dataset is InMemoryDataset inMemory
            ? new InMemoryDataset(inMemory.Name, inMemory.Features, task, labels)
            : new OwnLabels(dataset, labels, task);
    }
}
