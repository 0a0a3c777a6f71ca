using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// Leaves training items out, class by class. Within a class items go in one order of the whole dataset, from the end: which items stay depends on the order
/// and on how many stay, not on fold or run.
/// </summary>
internal sealed class Thinning
{
    private readonly IDataset _dataset;
    private readonly List<int>[] _classes;
    private readonly List<int> _outOfDistribution = [];
    private readonly List<int> _unlabelled = [];

    public Thinning(IDataset dataset, IReadOnlyList<int> train, RandomStream random)
    {
        _dataset = dataset;
        _classes = [.. Enumerable.Range(0, dataset.Task.ClassCount).Select(_ => new List<int>())];
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        random.Shuffle<int>(order);
        var rank = new int[order.Length];
        for (int position = 0; position < order.Length; position++)
        {
            rank[order[position]] = position;
        }

        foreach (int index in train.OrderBy(i => rank[i]))
        {
            Label label = dataset.GetLabel(index);
            List<int> group = label.Kind switch
            {
                LabelKind.Class => _classes[label.Class],
                LabelKind.OutOfDistribution => _outOfDistribution,
                _ => _unlabelled,
            };
            group.Add(index);
        }
    }

    public void ToLongTail(double factor) => KeepOfClasses(LongTail.Counts(Sizes(), factor), Invariant($"an imbalance factor of {factor}"));

    /// <summary>Leaves out unknown items, or else known ones, until the share of unknown ones is the rate, to within an item.</summary>
    public void ToRate(double rate)
    {
        int known = Sizes().Sum(), unknown = _outOfDistribution.Count;
        int wanted = Apportionment.Rounded(known * rate / (1 - rate));
        if (unknown == 0 || wanted == 0)
        {
            throw new ArgumentException(Invariant(
                $"With an open-set rate of {rate} none of the {unknown} training items of unknown classes of dataset '{_dataset.Name}' would be left, ")
                + Invariant($"beside {known} of known ones; an open-set pool needs one."));
        }

        if (wanted <= unknown)
        {
            Keep(_outOfDistribution, wanted);
        }
        else
        {
            int seats = Apportionment.Rounded(unknown * (1 - rate) / rate);
            KeepOfClasses(Apportionment.Hamilton(Sizes(), seats), Invariant($"an open-set rate of {rate} and {unknown} items of unknown classes"));
        }
    }

    /// <summary>What is left, ascending.</summary>
    public int[] Kept() => [.. _classes.SelectMany(c => c).Concat(_outOfDistribution).Concat(_unlabelled).Order()];

    private static void Keep(List<int> items, int count) => items.RemoveRange(count, items.Count - count);

    private int[] Sizes() => [.. _classes.Select(c => c.Count)];

    private void KeepOfClasses(int[] counts, string cause)
    {
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] == 0 && _classes[c].Count > 0)
            {
                string name = _dataset.Task.ClassNames is { } names ? $"'{names[c]}'" : Invariant($"{c}");
                throw new ArgumentException(
                    Invariant($"With {cause} none of the {_classes[c].Count} training items of class {name} of dataset '{_dataset.Name}' would be left; ")
                    + "each class needs one.");
            }

            Keep(_classes[c], counts[c]);
        }
    }
}
