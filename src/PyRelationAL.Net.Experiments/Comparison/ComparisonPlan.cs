using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// A comparison of strategies on one fully labelled dataset: what a <see cref="ComparisonRunner"/> carries out. Settings that nobody gave are guessed from the
/// data, and listed. Immutable.
/// </summary>
public sealed class ComparisonPlan
{
    /// <summary>Fewer tell nothing: a fold would be tested on three.</summary>
    private const int FewestItems = 20;

    private ComparisonPlan(
        ExperimentPlan experiment, ComparisonOptions options, string metric, IReadOnlyList<GuessedSetting> guesses, IReadOnlyList<string> leftOut) =>
        (Experiment, Options, Metric, Guesses, LeftOut) = (experiment, options, metric, guesses, leftOut);

    /// <summary>The settings; random queries are the first strategy.</summary>
    public ExperimentPlan Experiment { get; }

    /// <summary>What was asked for.</summary>
    public ComparisonOptions Options { get; }

    /// <summary>The metric to judge by.</summary>
    public string Metric { get; }

    /// <summary>What was guessed, and why.</summary>
    public IReadOnlyList<GuessedSetting> Guesses { get; }

    /// <summary>The strategies that fit and are left out all the same, with the reason, as sentences; none where the strategies are given.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Plans a comparison. Loads the data once.</summary>
    /// <param name="dataset">The data, fully labelled.</param>
    /// <param name="options">What is known beforehand; by default nothing.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">
    /// The data are too few, of one class, lack labels or have one value only; a setting is out of range, or does not fit the task.
    /// </exception>
    /// <exception cref="Models.CapabilityMissingException">A strategy that was asked for needs what the model does not give.</exception>
    public static ComparisonPlan For(DatasetSource dataset, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new ComparisonOptions();
        IDataset data = dataset.Load();
        LearningTask task = data.Task;
        CheckData(data);
        if (options.TimeBudget is { } budget && budget <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), budget, Invariant($"TimeBudget is {budget}; it must be positive, or null for no limit."));
        }

        var guess = new GuessedSettings(task, data.Count);
        ModelDescription model = guess.Model(options.Model);
        if (!model.Tasks.HasFlag(task.Kind))
        {
            string[] others = [.. ModelCatalogue.All.Where(other => other.Tasks.HasFlag(task.Kind)).Select(other => other.Name)];
            throw new ArgumentException($"{model.Name} is not for {task}. Models that are: {string.Join(", ", others)}.");
        }

        int folds = guess.Folds(options.FoldCount);
        int train = Math.Max(1, data.Count - ((data.Count + folds - 1) / Math.Max(1, folds)));
        if (options.BatchSize >= train)
        {
            throw new ArgumentException(Invariant(
                $"A query is to label {options.BatchSize} items, and a fold has {train} to train on; with nothing left out, all strategies query the same."));
        }

        (int rounds, int batch) = guess.Queries(options.Rounds, options.BatchSize, train);
        string metric = MetricOf(options.Metric, task);
        SuitableStrategies strategies = options.Strategies is { Count: > 0 } named
            ? SuitableStrategies.Named(named, task, model)
            : SuitableStrategies.All(task, model, data.Count);
        var plan = new ExperimentPlan
        {
            Datasets = [dataset],
            Strategies = strategies.Strategies,
            Starts = guess.Starts(options.Starts, train, rounds * batch),
            Model = model,
            FoldCount = folds,
            Seeds = guess.Seeds(options.Seeds, folds),
            Rounds = rounds,
            BatchSize = batch,
            Standardise = options.Standardise,
        };
        return new ComparisonPlan(plan, options, metric, guess.Guesses, strategies.LeftOut);
    }

    /// <summary>
    /// The runs, by seed, fold, start and strategy, and before those of a seed and fold the one on all training items: whoever stops early has the same seeds
    /// and folds of each strategy and start.
    /// </summary>
    internal PreparedExperiment Prepare(CancellationToken cancellationToken)
    {
        ExperimentPlan full = Experiment with { Strategies = [StrategyCatalogue.Find(SuitableStrategies.Baseline)], Starts = [new FullStart()] };
        PreparedExperiment runs = Experiment.Prepare(cancellationToken), onAll = full.Prepare(cancellationToken);
        long[] seeds = [.. Experiment.Seeds];
        PlannedRun[] ordered =
        [
            .. onAll.PlannedRuns.Concat(runs.PlannedRuns).OrderBy(run => Array.IndexOf(seeds, run.Spec.Seed)).ThenBy(run => run.Spec.Fold)
                .Select((run, index) => run with { Index = index }),
        ];
        return new PreparedExperiment(Experiment, ordered, runs.Skipped);
    }

    private static void CheckData(IDataset data)
    {
        if (data.Task.Kind is not (TaskKinds.Classification or TaskKinds.Regression))
        {
            throw new ArgumentException($"'{data.Name}' is for {data.Task}; a comparison is for classification or regression.");
        }

        if (data.Count < FewestItems)
        {
            throw new ArgumentException(Invariant(
                $"'{data.Name}' has {data.Count} {(data.Count == 1 ? "item" : "items")}; a comparison needs at least {FewestItems}, better a hundred."));
        }

        Label[] labels = [.. Enumerable.Range(0, data.Count).Select(data.GetLabel)];
        int missing = labels.Count(label => label.IsMissing);
        if (missing > 0)
        {
            throw new ArgumentException(Invariant($"{missing} items of '{data.Name}' have no label; a comparison needs all of them."));
        }

        if (labels.Distinct().Count() == 1)
        {
            string only = data.Task.ClassNames?[labels[0].Class] ?? labels[0].ToString();
            throw new ArgumentException($"All items of '{data.Name}' have the label {only}; there is nothing to predict.");
        }
    }

    private static string MetricOf(string? name, LearningTask task)
    {
        string fallback = task.Kind == TaskKinds.Regression ? MetricNames.RootMeanSquaredError : MetricNames.BalancedAccuracy;
        string metric = name is null ? fallback : MetricChoice.Find(name);
        string[] allowed = [.. MetricChoice.OfTask(task.Kind).Where(m => MetricChoice.Range(m).Least == 0)];
        return allowed.Contains(metric)
            ? metric
            : throw new ArgumentException(
                $"{MetricChoice.DisplayName(metric)} ({metric}) is no metric for a comparison on {task}. Those that are: {string.Join(", ", allowed)}.");
    }
}
