using PyRelationAL.Datasets;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// An experiment: every strategy on every dataset, from every start, on every fold, with every seed. Immutable. <see cref="Prepare"/> checks it and lists the
/// runs, an <see cref="ExperimentRunner"/> carries them out.
/// </summary>
public sealed record ExperimentPlan
{
    /// <summary>The datasets; at least one, each name once.</summary>
    public required IReadOnlyList<DatasetSource> Datasets { get; init; }

    /// <summary>The strategies; at least one, each name once. A strategy is left out on datasets whose task it is not for.</summary>
    public required IReadOnlyList<StrategyDescription> Strategies { get; init; }

    /// <summary>The starts; at least one, each once.</summary>
    /// <value>Default: the cold start.</value>
    public IReadOnlyList<Start> Starts { get; init; } = [new ColdStart()];

    /// <summary>The model, trained anew in each round of each run.</summary>
    /// <value>Default: <see cref="ModelCatalogue.Default"/>.</value>
    public ModelDescription Model { get; init; } = ModelCatalogue.Default;

    /// <summary>The number of cross-validation folds k, at least 2. Each is the test set once.</summary>
    /// <value>Default: 5.</value>
    public int FoldCount { get; init; } = 5;

    /// <summary>The seeds; at least one, each once. Every seed has folds, starts and draws of its own.</summary>
    /// <value>Default: 0.</value>
    public IReadOnlyList<long> Seeds { get; init; } = [0];

    /// <summary>The most queries of each run, at least 1; null for until the pool is empty.</summary>
    /// <value>Default: null.</value>
    public int? Rounds { get; init; }

    /// <summary>Items labelled by each query, at least 1.</summary>
    /// <value>Default: 1.</value>
    public int BatchSize { get; init; } = 1;

    /// <summary>Whether features are centred and scaled as the training items of the fold have them.</summary>
    /// <value>Default: true.</value>
    public bool Standardise { get; init; } = true;

    /// <summary>Whether the data are shuffled before they are divided into folds.</summary>
    /// <value>Default: true. The tables of Scherer et al. (2022) rest on folds without shuffling.</value>
    public bool Shuffle { get; init; } = true;

    /// <summary>What makes the problems harder: open-set pools, imbalanced classes. Datasets that are not for classification are left out then.</summary>
    /// <value>Default: null, nothing.</value>
    public Scenario? Scenario { get; init; }

    /// <summary>
    /// Checks the plan and lists its runs. Each dataset is loaded, and divided and started once for each start and seed, so that what cannot work fails
    /// here and not hours later. Combinations that do not fit a dataset's task are left out and listed.
    /// </summary>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="ArgumentException">
    /// A setting is out of range, something is listed twice, a dataset cannot be divided into so many folds, the scenario does not fit a dataset, or no
    /// combination is left.
    /// </exception>
    /// <exception cref="Models.CapabilityMissingException">A strategy needs what the model does not give.</exception>
    public PreparedExperiment Prepare(CancellationToken cancellationToken = default)
    {
        Validate();
        var runs = new List<PlannedRun>();
        var skipped = new List<SkippedCombination>();
        foreach (DatasetSource dataset in Datasets)
        {
            LearningTask task = dataset.Info.Task;
            if (Scenario is not null && task.Kind != TaskKinds.Classification)
            {
                skipped.Add(new(
                    dataset.Name, Scenario.Name, $"The scenario '{Scenario}' is for classification, {dataset.Name} is for {Words(task.Kind)}."));
                continue;
            }

            if (!Model.Tasks.HasFlag(task.Kind))
            {
                skipped.Add(new(dataset.Name, Model.Name, $"{Model.Name} is for {Words(Model.Tasks)}, {dataset.Name} is for {Words(task.Kind)}."));
                continue;
            }

            StrategyDescription[] strategies = Fitting(dataset, skipped);
            string[] data = strategies.Length > 0 ? [.. Seeds.Select(seed => DataFingerprint.Of(dataset.Load(seed)))] : [];
            foreach (Start start in Starts)
            {
                if (start is KPerClassStart && task.Kind != TaskKinds.Classification)
                {
                    skipped.Add(new(dataset.Name, start.Name, $"The start {start.Name} is for classification, {dataset.Name} is for {Words(task.Kind)}."));
                }
                else if (strategies.Length > 0)
                {
                    AddRuns(runs, dataset, data, start, strategies, cancellationToken);
                }
            }
        }

        return runs.Count > 0
            ? new PreparedExperiment(this, runs, skipped)
            : throw new ArgumentException("Nothing is left to run. " + string.Join(" ", skipped.Select(s => s.Reason)));
    }

    private static string Words(TaskKinds tasks) => string.Join(
        " and ",
        new[] { (TaskKinds.Classification, "classification"), (TaskKinds.Regression, "regression"), (TaskKinds.MultiLabel, "multi-label classification") }
            .Where(pair => tasks.HasFlag(pair.Item1)).Select(pair => pair.Item2));

    private static void RequireDistinct(IEnumerable<string> names, string what, string parameter)
    {
        string[] all = [.. names];
        if (all.Length == 0)
        {
            throw new ArgumentException($"The plan has no {what}; it needs at least one.", parameter);
        }

        string? twice = all.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"The {what} '{twice}' is listed twice; list each once.", parameter);
        }
    }

    private static void RequireAtLeast(int least, int value, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} is {value}; it must be at least {least}."));
        }
    }

    private void Validate()
    {
        RequireDistinct(Datasets.Select(d => d.Name), "dataset", nameof(Datasets));
        RequireDistinct(Starts.Select(s => s.Name), "start", nameof(Starts));
        RequireDistinct(Strategies.Select(s => s.Name), "strategy", nameof(Strategies));
        RequireDistinct(Seeds.Select(s => Invariant($"{s}")), "seed", nameof(Seeds));
        RequireAtLeast(2, FoldCount, nameof(FoldCount));
        RequireAtLeast(1, BatchSize, nameof(BatchSize));
        RequireAtLeast(1, Rounds ?? 1, nameof(Rounds));
    }

    private StrategyDescription[] Fitting(DatasetSource dataset, List<SkippedCombination> skipped)
    {
        LearningTask task = dataset.Info.Task;
        var fitting = new List<StrategyDescription>();
        foreach (StrategyDescription strategy in Strategies)
        {
            if (!strategy.Tasks.HasFlag(task.Kind))
            {
                skipped.Add(new(
                    dataset.Name, strategy.Name, $"{strategy.Name} is for {Words(strategy.Tasks)}, {dataset.Name} is for {Words(task.Kind)}."));
                continue;
            }

            strategy.Create(task).Requirements.Verify(strategy.Name, task, Model.Create(task));
            fitting.Add(strategy);
        }

        return [.. fitting];
    }

    private void AddRuns(
        List<PlannedRun> runs, DatasetSource dataset, string[] data, Start start, StrategyDescription[] strategies, CancellationToken cancellationToken)
    {
        foreach ((long seed, string fingerprint) in Seeds.Zip(data))
        {
            BenchmarkTask[] tasks =
            [
                .. BenchmarkTask.ForAllFolds(dataset, start, FoldCount)
                    .Select(task => task with { Standardise = Standardise, Shuffle = Shuffle, Scenario = Scenario }),
            ];
            int pool = tasks[0].CreateDataManager(seed, cancellationToken).UnlabelledCount;
            int queries = (pool + BatchSize - 1) / BatchSize;
            int expected = 1 + Math.Min(Rounds ?? queries, queries);
            foreach (BenchmarkTask task in tasks)
            {
                foreach (StrategyDescription strategy in strategies)
                {
                    runs.Add(new PlannedRun(runs.Count, Spec(task, strategy, seed), task, strategy, Model, expected, fingerprint));
                }
            }
        }
    }

    private RunSpec Spec(BenchmarkTask task, StrategyDescription strategy, long seed) => new()
    {
        Dataset = task.Source.Name,
        Start = task.Start.Name,
        Strategy = strategy.Name,
        Model = Model.Name,
        Fold = task.FoldIndex,
        FoldCount = FoldCount,
        Seed = seed,
        Rounds = Rounds,
        BatchSize = BatchSize,
        Standardise = Standardise,
        Shuffle = Shuffle,
        Scenario = Scenario?.Name,
    };
}
