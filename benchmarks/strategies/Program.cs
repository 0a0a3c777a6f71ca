using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction;
using PyRelationAL.StrategyBenchmarks;

// Arguments: [folder of the data] [threads] [folder of the results]. What is there already is not done again.
string root = RepositoryFolder.Find();
string data = args.Length > 0 ? args[0] : Path.Combine(root, "..", "shared", "datasets");
int threads = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;
string results = args.Length > 2 ? args[2] : Path.Combine(root, "artifacts", "strategy-tables");
(string Words, Scenario? Scenario)[] scenarios = [("closed", null), ("imbalanced, 0.2", Scenario.Imbalanced(0.2)), ("open set, 0.4", Scenario.OpenSet(0.4))];
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var tables = new List<Cells>();
foreach (Problem problem in Problems.Load(data))
{
    foreach ((string words, Scenario? scenario) in scenarios)
    {
        tables.Add(new Cells(
            problem, scenario, words, Path.Combine(results, problem.Source.Name, scenario?.Name.Replace(':', '-') ?? "closed")));
    }
}

// Seed after seed, so that what is stopped early has the same seeds of all tables. No threads: only the page is written.
for (int seed = 0; seed < Cells.Seeds && threads > 0; seed++)
{
    foreach (Cells table in tables)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        table.Run(seed, threads, stop.Token);
        Console.WriteLine(FormattableString.Invariant($"{table.Title}, seed {seed}: {clock.Elapsed.TotalSeconds:F0} s"));
        if (stop.IsCancellationRequested)
        {
            return 130;
        }
    }
}

Page.Write(Path.Combine(root, "docs"), tables);
return 0;
