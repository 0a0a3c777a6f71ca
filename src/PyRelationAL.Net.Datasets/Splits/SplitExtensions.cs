using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Cross-validation folds and hold-out splits. All cost O(N) time and memory beside the index lists they give.</summary>
public static class SplitExtensions
{
    private delegate void Shuffler(Span<int> items);

    /// <summary>
    /// k folds of shuffled items. Each item is in the test part of exactly one fold; the test parts' sizes differ by at most one, the larger ones first.
    /// </summary>
    /// <param name="dataset">The dataset; labels play no part.</param>
    /// <param name="count">k, between 2 and the number of items.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <returns>k folds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    public static IReadOnlyList<Fold> KFolds(this IDataset dataset, int count, long seed)
    {
        CheckCount(dataset, count);
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        new RandomStream(seed).Child("folds").Shuffle<int>(order);
        return ConsecutiveFolds(order, count);
    }

    /// <summary>
    /// k folds of consecutive items, as scikit-learn's <c>KFold(k, shuffle=False)</c>. Beware of datasets sorted by label or by time.
    /// </summary>
    /// <param name="dataset">The dataset; labels play no part.</param>
    /// <param name="count">k, between 2 and the number of items.</param>
    /// <returns>k folds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    public static IReadOnlyList<Fold> KFoldsInOrder(this IDataset dataset, int count)
    {
        CheckCount(dataset, count);
        return ConsecutiveFolds([.. Enumerable.Range(0, dataset.Count)], count);
    }

    /// <summary>
    /// k folds of shuffled items in which every class is spread evenly: the counts of a class in two test parts differ by at most one, and so do the
    /// sizes of the test parts.
    /// </summary>
    /// <param name="dataset">A classification dataset without missing labels.</param>
    /// <param name="count">k, between 2 and the size of the largest class. Classes smaller than k are missing from some test parts.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <returns>k folds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is below 2 or every class has fewer than k items.</exception>
    /// <exception cref="ArgumentException">The dataset is not for classification, or a label is missing.</exception>
    public static IReadOnlyList<Fold> StratifiedFolds(this IDataset dataset, int count, long seed) =>
        StratifiedFolds(dataset, count, new RandomStream(seed).Child("folds").Shuffle);

    /// <summary>Stratified folds without shuffling, as scikit-learn's <c>StratifiedKFold(k, shuffle=False)</c>.</summary>
    /// <param name="dataset">A classification dataset without missing labels.</param>
    /// <param name="count">k, between 2 and the size of the largest class. Classes smaller than k are missing from some test parts.</param>
    /// <returns>k folds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is below 2 or every class has fewer than k items.</exception>
    /// <exception cref="ArgumentException">The dataset is not for classification, or a label is missing.</exception>
    public static IReadOnlyList<Fold> StratifiedFoldsInOrder(this IDataset dataset, int count) => StratifiedFolds(dataset, count, null);

    /// <summary>
    /// The folds of scikit-learn's <c>StratifiedKFold(k, shuffle=True, random_state=seed)</c> for classification and of its <c>KFold</c> otherwise.
    /// PyRelationAL's datasets have these by default, with k = 5 and seed 0; only to compare with such results.
    /// </summary>
    /// <param name="dataset">The dataset, in the same order as there; with paper-compatible rows for PyRelationAL's folds.</param>
    /// <param name="count">k, at least 2 and at most the number of items, or the size of the largest class.</param>
    /// <param name="seed">scikit-learn's <c>random_state</c>.</param>
    /// <returns>k folds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    /// <exception cref="ArgumentException">A label is missing, for classification.</exception>
    public static IReadOnlyList<Fold> ScikitLearnFolds(this IDataset dataset, int count = 5, uint seed = 0)
    {
        CheckCount(dataset, count);
        var random = new MersenneTwister(seed);
        if (dataset.Task.Kind == TaskKinds.Classification)
        {
            return StratifiedFolds(dataset, count, random.Shuffle);
        }

        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        random.Shuffle(order);
        return ConsecutiveFolds(order, count);
    }

    /// <summary>A random division into a training and a test part.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="testShare">
    /// The share of the items to test on, strictly between 0 and 1; rounded to whole items (halves up), at least one, and leaving at least one for training.
    /// </param>
    /// <param name="seed">Same seed, same split.</param>
    /// <param name="stratified">
    /// Whether to give each class its share of the test part, to within one item (largest remainders; equal ones go to the lowest class).
    /// </param>
    /// <returns>The split.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or the dataset has fewer than two items.</exception>
    /// <exception cref="ArgumentException">A stratified split was asked for of a dataset that is not for classification or lacks labels.</exception>
    public static Fold TrainTestSplit(this IDataset dataset, double testShare, long seed, bool stratified = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (testShare is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testShare), testShare, Invariant($"testShare is {testShare}; it must lie strictly between 0 and 1."));
        }

        if (dataset.Count < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dataset), dataset.Count, Invariant($"Dataset '{dataset.Name}' has {dataset.Count} items; a split needs at least 2."));
        }

        int testCount = Math.Clamp((int)Math.Round(testShare * dataset.Count, MidpointRounding.AwayFromZero), 1, dataset.Count - 1);
        RandomStream random = new RandomStream(seed).Child("train-test split");
        bool[] isTest = new bool[dataset.Count];
        int[][] groups = stratified ? ItemsByClass(dataset) : [[.. Enumerable.Range(0, dataset.Count)]];
        int[] quotas = Apportionment.Hamilton([.. groups.Select(g => g.Length)], testCount);
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int position in random.Sample(groups[g].Length, quotas[g]))
            {
                isTest[groups[g][position]] = true;
            }
        }

        return FoldWhere(dataset.Count, i => isTest[i]);
    }

    private static IReadOnlyList<Fold> StratifiedFolds(IDataset dataset, int count, Shuffler? shuffle)
    {
        CheckCount(dataset, count);
        int[][] classes = ItemsByClass(dataset);
        int largest = classes.Max(c => c.Length);
        if (count > largest)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, Invariant(
                $"{count} stratified folds are impossible: every class of '{dataset.Name}' has fewer items, the largest {largest}. Use fewer folds."));
        }

        // The rule of scikit-learn: deal the sorted labels out to the folds one by one, which fixes how many of each class a fold gets; classes are
        // numbered by first appearance, since that decides which fold gets the odd item.
        int[][] byAppearance = [.. classes.Where(c => c.Length > 0).OrderBy(c => c[0])];
        var foldOf = new int[dataset.Count];
        int dealt = 0;
        foreach (int[] items in byAppearance)
        {
            var quota = new int[count];
            for (int i = 0; i < items.Length; i++)
            {
                quota[(dealt + i) % count]++;
            }

            dealt += items.Length;
            int[] folds = [.. Enumerable.Range(0, count).SelectMany(f => Enumerable.Repeat(f, quota[f]))];
            shuffle?.Invoke(folds);
            for (int i = 0; i < items.Length; i++)
            {
                foldOf[items[i]] = folds[i];
            }
        }

        return [.. Enumerable.Range(0, count).Select(f => FoldWhere(dataset.Count, i => foldOf[i] == f))];
    }

    private static IReadOnlyList<Fold> ConsecutiveFolds(int[] order, int count)
    {
        var foldOf = new int[order.Length];
        (int size, int larger) = Math.DivRem(order.Length, count);
        for (int fold = 0, next = 0; fold < count; fold++)
        {
            for (int end = next + size + (fold < larger ? 1 : 0); next < end; next++)
            {
                foldOf[order[next]] = fold;
            }
        }

        return [.. Enumerable.Range(0, count).Select(f => FoldWhere(order.Length, i => foldOf[i] == f))];
    }

    private static Fold FoldWhere(int count, Predicate<int> isTest)
    {
        ILookup<bool, int> parts = Enumerable.Range(0, count).ToLookup(i => isTest(i));
        return new Fold([.. parts[false]], [.. parts[true]]);
    }

    private static int[][] ItemsByClass(IDataset dataset)
    {
        if (dataset.Task.Kind != TaskKinds.Classification)
        {
            throw new ArgumentException(
                Invariant($"Dataset '{dataset.Name}' is for {dataset.Task}; only classification can be stratified. Use KFolds."), nameof(dataset));
        }

        var items = new List<int>[dataset.Task.ClassCount];
        for (int c = 0; c < items.Length; c++)
        {
            items[c] = [];
        }

        for (int i = 0; i < dataset.Count; i++)
        {
            Label label = dataset.GetLabel(i);
            if (label.IsMissing)
            {
                throw new ArgumentException(
                    Invariant($"Item {i} of dataset '{dataset.Name}' has no label; stratifying needs every label."), nameof(dataset));
            }

            items[label.Class].Add(i);
        }

        return [.. items.Select(c => c.ToArray())];
    }

    private static void CheckCount(IDataset dataset, int count)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (count < 2 || count > dataset.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, Invariant(
                $"{count} folds were asked for; there must be at least 2 and, for dataset '{dataset.Name}', at most {dataset.Count}."));
        }
    }
}
