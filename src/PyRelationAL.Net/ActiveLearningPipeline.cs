using System.Diagnostics;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Oracles;

namespace PyRelationAL;

/// <summary>
/// The active-learning loop: train on what is labelled, measure, let the strategy suggest, ask the oracle, repeat. Either in one go
/// (<see cref="Run(int, int)"/>, <see cref="RunAsync"/>) or by hand (<see cref="Step"/>, then <see cref="Query"/>).
/// </summary>
/// <remarks>
/// Everything random derives from one seed: same seed and data, same queries, on any number of threads. A round is applied whole or not at all: cancelled or
/// failed, it leaves the labels, the history and the data manager as they were. Not safe for concurrent use.
/// </remarks>
public sealed class ActiveLearningPipeline
{
    private readonly IOracle _oracle;
    private readonly RandomStream _random;
    private readonly RunScope _run;
    private readonly int _maxDegreeOfParallelism;
    private readonly List<RoundRecord> _history = [];
    private readonly Dictionary<int, LabelOrigin> _labelledBy = [];
    private RoundRecord? _current;
    private Suggestion? _suggestion;

    // What this round's training supposes was decided in the round before: a round that is cancelled and trained again must find the same.
    private IReadOnlyList<PseudoLabel> _supposed = [];
    private IReadOnlyList<PseudoLabel> _supposedNext = [];

    /// <summary>Puts a pipeline together, and refuses parts that do not fit.</summary>
    /// <param name="data">Which items are labelled, unlabelled, validation, test.</param>
    /// <param name="model">The model, trained from scratch each round.</param>
    /// <param name="strategy">Decides what to label next.</param>
    /// <param name="oracle">Gives labels; by default the labels that the dataset already holds.</param>
    /// <param name="seed">The root of all randomness.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that scoring uses; −1 for all cores. Results do not depend on it.</param>
    /// <exception cref="CapabilityMissingException">The strategy needs what the model or the task does not give.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is 0 or below −1.</exception>
    public ActiveLearningPipeline(
        DataManager data, IModelManager model, IStrategy strategy, IOracle? oracle = null, long seed = 0, int maxDegreeOfParallelism = -1)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(strategy);
        strategy.Requirements.Verify(strategy.Name, data.Dataset.Task, model);
        Guard.Threads(maxDegreeOfParallelism);
        Data = data;
        Model = model;
        Strategy = strategy;
        _oracle = oracle ?? new BenchmarkOracle();
        _random = new RandomStream(seed);
        _run = new RunScope(_random.Child("run"));
        _maxDegreeOfParallelism = maxDegreeOfParallelism;
        if (model is ITrainingHooks hooks && (strategy as ITrainingParticipant)?.CreateTrainingHook(data.Dataset.Task) is { } hook)
        {
            hooks.TrainingHook = hook;
        }

        foreach (int index in data.LabelledIndices)
        {
            _labelledBy[index] = new LabelOrigin(0, "initialisation");
        }
    }

    /// <summary>The data manager.</summary>
    public DataManager Data { get; }

    /// <summary>The model.</summary>
    public IModelManager Model { get; }

    /// <summary>The strategy.</summary>
    public IStrategy Strategy { get; }

    /// <summary>The number of queries made so far.</summary>
    public int Round => _history.Count(r => r.Queried.Count > 0);

    /// <summary>Finished rounds, in order; after a run the last one has no query: it is the final model.</summary>
    public IReadOnlyList<RoundRecord> History => _history;

    /// <summary>Who labelled each labelled item, and when.</summary>
    public IReadOnlyDictionary<int, LabelOrigin> LabelledBy => _labelledBy;

    /// <summary>Metrics of the model trained on every training item, where <see cref="ComputeTheoreticalPerformance"/> was called; else null.</summary>
    public IReadOnlyDictionary<string, double>? TheoreticalPerformance { get; private set; }

    /// <summary>
    /// Trains on all training items (of the task's classes) as if they were labelled, measures on the test items, and resets the model: the performance that
    /// active learning approaches.
    /// </summary>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>Metrics by name.</returns>
    /// <exception cref="InvalidOperationException">A training item has no label.</exception>
    public IReadOnlyDictionary<string, double> ComputeTheoreticalPerformance(CancellationToken cancellationToken = default)
    {
        ForgetRound();
        try
        {
            Model.Reset();
            UnlabelledBatches.Tell(Model, null);
            Model.Train(Learnable(Data.TrainView()), Data.ValidationView(), _random.Child("theoretical"), cancellationToken);
            return TheoreticalPerformance = Model.Evaluate(Data.TestView(), cancellationToken);
        }
        finally
        {
            Model.Reset();
        }
    }

    /// <summary>
    /// Trains and measures the model on what is labelled now, unless that is done already. With nothing labelled there is nothing to train on: the model stays
    /// untrained and the metrics are empty, and strategies that need no model can make the first query.
    /// </summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The record of this round so far.</returns>
    public RoundRecord Measure(CancellationToken cancellationToken = default)
    {
        // Labels that were set past the pipeline make what was measured out of date.
        if (_current is not null && _current.UnlabelledCount == Data.UnlabelledCount)
        {
            return _current;
        }

        int round = Round;
        var clock = Stopwatch.StartNew();
        if (_history.Count == 0)
        {
            Model.Reset();
        }
        else
        {
            Model.EndRound();
        }

        IReadOnlyDictionary<string, double> metrics = new Dictionary<string, double>();
        TimeSpan trained = TimeSpan.Zero;
        PseudoLabel[] supposed = [];
        if (Data.LabelledCount > 0)
        {
            supposed = StillSupposed();
            UnlabelledBatches.Tell(Model, Data.UnlabelledView());
            Model.Train(TrainingView(supposed), Data.ValidationView(), _random.Child("train").Child(round), cancellationToken);
            trained = clock.Elapsed;
            clock.Restart();
            metrics = Model.Evaluate(Data.TestView(), cancellationToken);
        }

        return _current = new RoundRecord
        {
            Round = round,
            LabelledCount = Data.LabelledCount,
            PseudoLabelledCount = supposed.Length,
            OutOfDistributionCount = Data.OutOfDistributionIndices.Count,
            UnlabelledCount = Data.UnlabelledCount,
            Metrics = metrics,
            Timings = new RoundTimings(trained, clock.Elapsed, default, default),
        };
    }

    /// <summary>Trains and measures the model on what is labelled, and lets the strategy suggest what to label next. Nothing is labelled yet.</summary>
    /// <param name="batchSize">How many items, at least 1.</param>
    /// <param name="progress">Told the share done by strategies that take long.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The suggestion; empty where the pool is empty.</returns>
    /// <exception cref="InvalidOperationException">Nothing is labelled and the strategy needs a trained model.</exception>
    public Suggestion Step(int batchSize = 1, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Guard.Positive(batchSize);
        if (Data.LabelledCount == 0 && Strategy.Requirements.Capabilities != Models.Capabilities.None)
        {
            throw new InvalidOperationException(
                $"Nothing is labelled yet, and {Strategy.Name} needs a trained model. Label some items first, for example with Query, "
                + "or with a strategy that needs no model (RandomAcquisition, RepresentativeSampling).");
        }

        RoundRecord round = Measure(cancellationToken);
        var clock = Stopwatch.StartNew();
        var context = new QueryContext(
            Data.UnlabelledView(), Data.LabelledView(), Model, _random.Child("query").Child(round.Round), _maxDegreeOfParallelism, progress, cancellationToken)
        {
            OutOfDistribution = Data.OutOfDistributionView(),
            Round = round.Round,
            Run = _run,
        };
        _suggestion = Strategy.Suggest(context, batchSize);
        _supposedNext = Strategy is Strategies.IPseudoLabeller labeller ? labeller.SupposeLabels(context) : [];
        _current = round with { Timings = round.Timings with { Suggest = clock.Elapsed } };
        return _suggestion;
    }

    /// <summary>
    /// Asks the oracle to label items and moves them to the labelled set. Blocks where the oracle is slow; <see cref="QueryAsync"/> does not.
    /// </summary>
    /// <param name="indices">Unlabelled training indices: a suggestion's, or any others.</param>
    /// <param name="cancellationToken">Stops waiting; nothing is changed then.</param>
    /// <returns>The finished round.</returns>
    /// <exception cref="OracleException">The oracle failed or gave labels that do not fit; nothing is changed.</exception>
    public RoundRecord Query(IReadOnlyList<int> indices, CancellationToken cancellationToken = default) =>
        QueryAsync(indices, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Asks the oracle to label items and moves them to the labelled set.</summary>
    /// <param name="indices">Unlabelled training indices: a suggestion's, or any others.</param>
    /// <param name="cancellationToken">Stops waiting; nothing is changed then.</param>
    /// <returns>The finished round.</returns>
    /// <exception cref="OracleException">The oracle failed or gave labels that do not fit; nothing is changed.</exception>
    public async Task<RoundRecord> QueryAsync(IReadOnlyList<int> indices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Count == 0)
        {
            throw new ArgumentException("A query needs at least one item.", nameof(indices));
        }

        // A copy: the caller's list may change while the oracle takes its time.
        int[] asked = [.. indices];
        Data.RequireUnlabelled(asked);
        RoundRecord round = Measure(cancellationToken);
        var clock = Stopwatch.StartNew();
        await AskAsync(asked, cancellationToken).ConfigureAwait(false);
        round = round with
        {
            Queried = asked,
            OutOfDistributionQueried = asked.Count(index => Data.Dataset.GetLabel(index).IsOutOfDistribution),
            Scores = _suggestion is not null && _suggestion.Indices.SequenceEqual(asked) ? _suggestion.Scores : null,
            HitRatio = Data.HitRatio(asked),
            LabelledBy = _oracle.Name,
            Timings = round.Timings with { Oracle = clock.Elapsed },
        };
        foreach (int index in asked)
        {
            _labelledBy[index] = new LabelOrigin(round.Round, _oracle.Name);
        }

        Append(round);
        _supposed = _supposedNext;
        ForgetRound();
        return round;
    }

    /// <summary>Runs a number of rounds.</summary>
    /// <param name="rounds">How many queries to make, at least 0.</param>
    /// <param name="batchSize">How many items each, at least 1.</param>
    /// <returns>Why it stopped.</returns>
    public StopReason Run(int rounds, int batchSize = 1) => Run(new RunOptions { Rounds = rounds, BatchSize = batchSize });

    /// <summary>Runs until a limit is reached. Blocks where the oracle is slow; <see cref="RunAsync"/> does not.</summary>
    /// <param name="options">The limits; by default until the pool is empty.</param>
    /// <param name="progress">Told each finished round.</param>
    /// <param name="cancellationToken">Stops the run; finished rounds are kept.</param>
    /// <returns>Why it stopped.</returns>
    public StopReason Run(RunOptions? options = null, IProgress<RoundRecord>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(options, progress, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Runs until a limit is reached; the last record of the history is then the final model's, trained on everything labelled.</summary>
    /// <param name="options">The limits; by default until the pool is empty.</param>
    /// <param name="progress">Told each finished round.</param>
    /// <param name="cancellationToken">Stops the run; finished rounds are kept, and the answer is <see cref="StopReason.Cancelled"/>.</param>
    /// <returns>Why it stopped.</returns>
    public async Task<StopReason> RunAsync(
        RunOptions? options = null, IProgress<RoundRecord>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        options.Validate();
        int queries = 0, labels = 0;
        try
        {
            while (true)
            {
                RoundRecord round = Measure(cancellationToken);
                if (Limit(options, round, queries, labels) is { } reason)
                {
                    Append(round);
                    ForgetRound(resetModel: false);
                    progress?.Report(round);
                    return reason;
                }

                int batch = Math.Min(options.BatchSize, options.LabelBudget - labels ?? int.MaxValue);
                Suggestion suggestion = Step(batch, cancellationToken: cancellationToken);
                round = await QueryAsync(suggestion.Indices, cancellationToken).ConfigureAwait(false);
                queries++;
                labels += round.Queried.Count;
                progress?.Report(round);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ForgetRound();
            return StopReason.Cancelled;
        }
    }

    /// <summary>The history as a table.</summary>
    /// <returns>One row for each round: number, labels, metrics, hit ratio, seconds.</returns>
    public RunSummary Summary() => new(_history, TheoreticalPerformance);

    private static DatasetView Learnable(DatasetView items)
    {
        int[] rows = [.. Enumerable.Range(0, items.Count).Where(i => !items.Dataset.GetLabel(items.Indices[i]).IsOutOfDistribution)];
        return rows.Length == items.Count ? items : items.SelectRows(rows);
    }

    private PseudoLabel[] StillSupposed()
    {
        if (_supposed.Count == 0)
        {
            return [];
        }

        var unlabelled = new HashSet<int>(Data.UnlabelledIndices);
        PseudoLabel[] still = [.. _supposed.Where(l => unlabelled.Contains(l.Index))];
        foreach (PseudoLabel supposed in still)
        {
            Data.Dataset.Task.Validate(supposed.Label, supposed.Index);
            if (supposed.Label.IsMissing || supposed.Label.IsOutOfDistribution)
            {
                throw new InvalidOperationException(
                    Guard.Text($"{Strategy.Name} supposed that item {supposed.Index} is '{supposed.Label}'; no model can be trained on that."));
            }
        }

        return still;
    }

    private DatasetView TrainingView(PseudoLabel[] supposed) => supposed.Length == 0
        ? Data.LabelledView()
        : new DatasetView(
            new SupposedLabels(Data.Dataset, supposed), (int[])[.. Data.LabelledIndices, .. supposed.Select(l => l.Index)]);

    private StopReason? Limit(RunOptions options, RoundRecord round, int queries, int labels) =>
        Data.UnlabelledCount == 0 ? StopReason.PoolEmpty
        : queries >= options.Rounds ? StopReason.RoundsDone
        : labels >= options.LabelBudget ? StopReason.BudgetSpent
        : options.StopWhen?.Invoke(round) == true ? StopReason.RuleMet
        : null;

    private async Task AskAsync(int[] indices, CancellationToken cancellationToken)
    {
        IReadOnlyList<Label> labels;
        try
        {
            labels = await _oracle.LabelAsync(new DatasetView(Data.Dataset, indices), cancellationToken).ConfigureAwait(false);
        }
        // An oracle's own timeout is cancelled too, but not by this run's caller: that is a failure.
        catch (Exception e) when (e is not OracleException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new OracleException($"The oracle '{_oracle.Name}' failed: {e.Message}", e);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (labels is null || labels.Count != indices.Length)
        {
            throw new OracleException(Guard.Text($"The oracle '{_oracle.Name}' gave {labels?.Count ?? 0} labels for {indices.Length} items."));
        }

        int missing = labels.ToList().FindIndex(label => label.IsMissing);
        if (missing >= 0)
        {
            throw new OracleException(Guard.Text($"The oracle '{_oracle.Name}' gave no label for item {indices[missing]}."));
        }

        try
        {
            Data.SetLabels(indices, labels);
        }
        catch (ArgumentException e) when (e.ParamName == "label")
        {
            throw new OracleException($"The oracle '{_oracle.Name}' gave a label that does not fit. {e.Message}", e);
        }
    }

    // After a finished run the last record is the final model's. Going on continues that round, and its record gives way only to one that takes its place:
    // a failed or cancelled round must not lose it.
    private void Append(RoundRecord round)
    {
        if (_history.Count > 0 && _history[^1].Queried.Count == 0)
        {
            _history.RemoveAt(_history.Count - 1);
        }

        _history.Add(round);
    }

    private void ForgetRound(bool resetModel = true)
    {
        _current = null;
        _suggestion = null;
        _supposedNext = [];
        if (resetModel)
        {
            Model.EndRound();
        }
    }
}
