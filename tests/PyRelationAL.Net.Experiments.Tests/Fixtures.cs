using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Small experiments for tests.</summary>
internal static class Fixtures
{
    public static ModelDescription Linear { get; } = ModelCatalogue.Find("LogisticRegression");

    public static StrategyDescription Random { get; } = StrategyCatalogue.Find("Random");

    public static StrategyDescription Margin { get; } = StrategyCatalogue.Find("Margin");

    public static ExperimentPlan Plan { get; } = new()
    {
        Datasets = [DatasetCatalogue.Find("Iris")],
        Strategies = [Margin, Random],
        Model = Linear,
        FoldCount = 3,
        Seeds = [1, 2],
        Rounds = 4,
    };

    public static StrategyDescription Custom(string name, Func<IStrategy> create) =>
        new(name, typeof(CompositeStrategy), "For a test.", "none", TaskKinds.Any, _ => create());

    /// <summary>A result whose only metric has the given scores.</summary>
    public static RunResult Result(
        string strategy, int fold, double[] scores, string metric = "accuracy", string dataset = "Toy", long seed = 0, int index = 0) => new()
        {
            Index = index,
            Spec = Spec(strategy, fold, dataset, seed),
            Task = TaskKinds.Classification,
            Status = RunStatus.Succeeded,
            StopReason = ActiveLearning.StopReason.RoundsDone,
            InitialLabelled = [7, 3],
            LabelledCounts = [.. Enumerable.Range(2, scores.Length)],
            Metrics = new Dictionary<string, IReadOnlyList<double>> { [metric] = scores },
            Queried = [.. Enumerable.Range(0, scores.Length - 1).Select(i => new[] { 10 + i })],
            Version = "test",
            Timings = new RunTimings(1.5, 1, 0.2, 0.2, 0),
        };

    public static RunResult Failure(string strategy, int fold, string message, string dataset = "Toy") => new()
    {
        Index = 0,
        Spec = Spec(strategy, fold, dataset, 0),
        Task = TaskKinds.Classification,
        Status = RunStatus.Failed,
        Error = new RunError("System.InvalidOperationException", message, "the stack"),
        Version = "test",
    };

    public static string TemporaryFile(string name) => Path.Combine(TemporaryFolder(), name);

    /// <summary>A folder of the running test's own.</summary>
    public static string TemporaryFolder()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", TestContext.CurrentContext.Test.ID);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }

    private static RunSpec Spec(string strategy, int fold, string dataset, long seed) => new()
    {
        Dataset = dataset,
        Start = "cold",
        Strategy = strategy,
        Model = "Model",
        Fold = fold,
        FoldCount = 5,
        Seed = seed,
        Rounds = 4,
        BatchSize = 1,
        Standardise = true,
        Shuffle = true,
    };

    /// <summary>Fails when asked for the first suggestion.</summary>
    public sealed class Failing : Strategy
    {
        public override Requirements Requirements => Requirements.None;

        protected override Batch Select(QueryContext context, int count) => throw new InvalidOperationException("It <broke>.");
    }
}
