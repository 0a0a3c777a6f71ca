using System.Globalization;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Which training items are labelled before the first query. Immutable; equal starts choose equal items.</summary>
public abstract record Start
{
    /// <summary>The name for reports and command lines; <see cref="Parse"/> turns it back into the start.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Reads a start's name: <c>cold</c>, <c>warm</c>, <c>warm:0.2</c>, <c>kperclass:3</c>, <c>random:100</c>, <c>full</c>, in any letter case.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>The start.</returns>
    /// <exception cref="ArgumentException">The name is unknown or its number is not one.</exception>
    public static Start Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Trim().ToLowerInvariant().Split(':');
        return parts switch
        {
            ["cold"] => new ColdStart(),
            ["warm"] => new WarmStart(),
            ["warm", string share] when double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out double s) => new WarmStart(s),
            ["kperclass", string count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int k) => new KPerClassStart(k),
            ["random", string count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n) => new RandomStart(n),
            [FullStart.FullName] => new FullStart(),
            _ => throw new ArgumentException(
                $"There is no start '{name}'. The starts are cold, warm, warm:SHARE (such as warm:0.2), kperclass:K (such as kperclass:3), "
                + "random:N (such as random:100) and full.",
                nameof(name)),
        };
    }

    /// <summary>Chooses the items that are labelled at the start. The choice depends on the dataset, the fold and the seed only.</summary>
    /// <param name="dataset">The dataset, with its features as the paper has them: not standardised.</param>
    /// <param name="fold">Whose training items to choose from.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <returns>Distinct training indices.</returns>
    /// <exception cref="ArgumentException">The fold has too few suitable training items.</exception>
    public abstract IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default);

    /// <summary>A data manager in which the chosen items are labelled and the other training items are the pool.</summary>
    /// <param name="dataset">The dataset; the data manager will set its labels.</param>
    /// <param name="fold">Training and test items.</param>
    /// <param name="seed">Same seed, same items.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <returns>The data manager, without a validation set.</returns>
    /// <exception cref="ArgumentException">The fold has too few suitable training items, or is not a split of the dataset.</exception>
    public DataManager CreateDataManager(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<int> labelled = ChooseLabelled(dataset, fold, seed, cancellationToken);
        return new DataManager(dataset, new DataSplit { Train = fold.Train, Test = fold.Test, Labelled = labelled });
    }

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public sealed override string ToString() => Name;

    /// <summary>The training items of each class that has any, in the fold's order; items without a label are left out.</summary>
    private protected static SortedDictionary<int, List<int>> TrainItemsByClass(IDataset dataset, Fold fold)
    {
        var items = new SortedDictionary<int, List<int>>();
        foreach (int index in fold.Train)
        {
            Label label = dataset.GetLabel(index);
            if (label.Kind != LabelKind.Class)
            {
                continue;
            }

            if (!items.TryGetValue(label.Class, out List<int>? ofClass))
            {
                items.Add(label.Class, ofClass = []);
            }

            ofClass.Add(index);
        }

        return items.Count > 0
            ? items
            : throw new ArgumentException(
                Invariant($"No training item of dataset '{dataset.Name}' has a class; a start per class needs at least one."), nameof(fold));
    }
}
