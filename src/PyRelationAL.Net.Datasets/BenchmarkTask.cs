using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// One active-learning problem: a dataset, one of its cross-validation folds, and the items labelled at the start. Immutable. What it creates depends on
/// the seed only, so that all strategies run from the same start with the same seed can be compared in pairs.
/// </summary>
/// <param name="Source">The dataset.</param>
/// <param name="Start">Which training items are labelled at the start.</param>
/// <param name="FoldIndex">Which fold, from 0; below <see cref="FoldCount"/>.</param>
public sealed record BenchmarkTask(DatasetSource Source, Start Start, int FoldIndex)
{
    /// <summary>The number of folds k.</summary>
    /// <value>Default: 5.</value>
    public int FoldCount { get; init; } = 5;

    /// <summary>Whether to shuffle before dividing into folds.</summary>
    /// <value>Default: true. The tables of Scherer et al. (2022) rest on folds without shuffling.</value>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether each feature is centred and scaled to unit deviation, as the fold's training items (labelled or not) have them. The start is chosen on the
    /// features as they are in either case.
    /// </summary>
    /// <value>Default: true. Scherer et al. (2022) use the features as they are.</value>
    public bool Standardise { get; init; } = true;

    /// <summary>What makes the problem harder: an open-set pool, imbalanced classes. Folds are those of the plain problem.</summary>
    /// <value>Default: null, nothing.</value>
    public Scenario? Scenario { get; init; }

    /// <summary>The name for reports.</summary>
    /// <value>For example <c>Iris/cold/fold 1 of 5</c> or <c>Iris/cold/imbalance 0.2/fold 1 of 5</c>.</value>
    public string Name => Invariant($"{Source.Name}/{Start.Name}/{(Scenario is null ? null : Scenario.Name + "/")}fold {FoldIndex + 1} of {FoldCount}");

    /// <summary>One task for each fold.</summary>
    /// <param name="source">The dataset.</param>
    /// <param name="start">Which training items are labelled at the start.</param>
    /// <param name="foldCount">k, at least 2.</param>
    /// <returns>k tasks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is below 2.</exception>
    public static IReadOnlyList<BenchmarkTask> ForAllFolds(DatasetSource source, Start start, int foldCount = 5)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, 2);
        return [.. Enumerable.Range(0, foldCount).Select(fold => new BenchmarkTask(source, start, fold) { FoldCount = foldCount })];
    }

    /// <summary>
    /// Loads the data, divides them (stratified for classification) and labels the start. The dataset of the data manager has labels of its own, so
    /// that runs in parallel never share any.
    /// </summary>
    /// <param name="seed">Decides the sample of generated data, the shuffling and the start; each from a stream of its own.</param>
    /// <param name="cancellationToken">Stops the choice of the start.</param>
    /// <returns>
    /// The data manager; its dataset is the data as loaded, or a standardised copy in memory. An <see cref="IMatrixDataset"/> other than
    /// <see cref="InMemoryDataset"/>, such as one of images, is not copied but standardised as it is read.
    /// </returns>
    /// <exception cref="DatasetDownloadException">The data have to be downloaded first.</exception>
    /// <exception cref="ArgumentException">
    /// The dataset cannot be divided into so many folds, a fold cannot give the start, or the scenario does not fit the dataset.
    /// </exception>
    public DataManager CreateDataManager(long seed, CancellationToken cancellationToken = default)
    {
        if (FoldIndex < 0 || FoldIndex >= FoldCount)
        {
            throw new ArgumentOutOfRangeException(nameof(FoldIndex), FoldIndex, Invariant($"FoldIndex is {FoldIndex}; it must lie in [0, {FoldCount})."));
        }

        IDataset raw = Source.Load(seed);
        Fold fold = FoldsOf(raw, seed)[FoldIndex];
        if (Scenario is not null)
        {
            (raw, fold, _) = Scenario.Apply(raw, fold, seed);
        }

        // Folds of one seed share the root but not the draw: the same positions in every fold would tie their starts together.
        long startSeed = unchecked((long)new RandomStream(seed).Child("start").Child(FoldIndex).NextUInt64());
        IReadOnlyList<int> labelled = Start.ChooseLabelled(raw, fold, startSeed, cancellationToken);
        IDataset dataset = Standardise ? Standardised(raw, [.. fold.Train]) : raw;
        return new DataManager(dataset, new DataSplit { Train = fold.Train, Test = fold.Test, Labelled = labelled });
    }

    /// <summary>The name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    // What is neither in memory nor quick to read many times is copied.
    private static IDataset Standardised(IDataset raw, int[] train) => raw switch
    {
        InMemoryDataset inMemory => inMemory.Standardised(train),
        IMatrixDataset => new StandardisedDataset(raw, train),
        _ => new InMemoryDataset(raw.Name, DatasetView.All(raw).Features, raw.Task, [.. Enumerable.Range(0, raw.Count).Select(raw.GetLabel)])
            .Standardised(train),
    };

    private IReadOnlyList<Fold> FoldsOf(IDataset dataset, long seed) => (dataset.Task.Kind == TaskKinds.Classification, Shuffle) switch
    {
        (true, true) => dataset.StratifiedFolds(FoldCount, seed),
        (true, false) => dataset.StratifiedFoldsInOrder(FoldCount),
        (false, true) => dataset.KFolds(FoldCount, seed),
        (false, false) => dataset.KFoldsInOrder(FoldCount),
    };
}
