using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>One table: a dataset under a scenario.</summary>
internal sealed class Cells(Problem problem, Scenario? scenario, string scenarioTitle, string folder)
{
    public const int Seeds = 5;

    /// <summary>Ends the names of strategies that were used with the masked network.</summary>
    public const string MaskedMark = " *";

    private const int Queries = 8, Folds = 5;

    public Problem Problem => problem;

    public Scenario? Scenario => scenario;

    public string ScenarioTitle => scenarioTitle;

    public string Title => $"{problem.Source.Name}, {scenarioTitle}";

    /// <summary>Carries out the runs of a seed that are not there yet. Each seed has its own division, start and draws.</summary>
    public void Run(long seed, int threads, CancellationToken cancellationToken)
    {
        foreach (ModelDescription model in (ModelDescription[])[Networks.Whole, Networks.Masked])
        {
            var plan = new ExperimentPlan
            {
                Datasets = [problem.Source],
                Strategies = Networks.StrategiesFor(model),
                Model = model,
                FoldCount = Folds,
                Seeds = [seed],
                Rounds = Queries,
                BatchSize = problem.BatchSize,
                Standardise = problem.Standardise,
                Scenario = scenario,
            };
            PreparedExperiment whole = plan.Prepare(cancellationToken);

            // One fold of each seed: folds of one seed share most of their items, seeds share none of their draws.
            PreparedExperiment experiment = whole.Without(whole.Runs.Where(run => run.Fold != 0));
            var results = new ExperimentFolder(Path.Combine(folder, model.Name));
            RunSpec[] done = File.Exists(results.ResultsFile) ? [.. results.ReadResults().Runs.Select(run => run.Spec)] : [];
            using ResultWriter writer = results.Continue(new ExperimentManifest
            {
                PlannedRuns = experiment.Runs.Count,
                Threads = threads,
                Scenario = scenario?.Name,
            });
            ExperimentRunner.Run(
                experiment.Without(done),
                new ExperimentOptions { MaxDegreeOfParallelism = threads, RunFinished = writer.Append },
                cancellationToken);
        }
    }

    /// <summary>The runs of both models as of one, random queries of the masked network under a name of their own.</summary>
    public RunResult[] Results() =>
    [
        .. new[] { Networks.Whole, Networks.Masked }.SelectMany(model =>
            new ExperimentFolder(Path.Combine(folder, model.Name)).ReadResults().Runs.Select(run => run with
            {
                Spec = run.Spec with
                {
                    Model = Networks.Whole.Name,
                    Strategy = model == Networks.Masked ? run.Spec.Strategy + MaskedMark : run.Spec.Strategy,
                },
            })),
    ];
}
