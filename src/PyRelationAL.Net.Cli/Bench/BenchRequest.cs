using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Cli.Bench;

/// <summary>What the user asked of <c>bench</c>, with the defaults filled in.</summary>
internal sealed record BenchRequest
{
    /// <summary>Enough rounds for the curves to part, few enough for the whole default job to take well under a minute.</summary>
    private const int DefaultQueries = 60;

    /// <summary>One division into folds says little: its runs share most of their training items.</summary>
    private const int DefaultSeeds = 3;

    private static readonly string[] DefaultDatasets = ["BreastCancer", "Diabetes"];
    private static readonly string[] DefaultStrategies = ["LeastConfidence", "VarianceReduction", "RandomAcquisition"];

    public required ExperimentPlan Plan { get; init; }

    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Whether the user named strategies: only then is it news that one does not fit a dataset.</summary>
    public required bool NamedStrategies { get; init; }

    /// <summary>The command with every setting that decides the results.</summary>
    public required string Command { get; init; }

    public required string Folder { get; init; }

    /// <exception cref="UsageException">An option's value is wrong, or the data file is.</exception>
    public static BenchRequest Of(ParseResult parsed, BenchOptions options, CommonOptions common) =>
        UsageException.Guard(() => Read(parsed, options, common));

    private static BenchRequest Read(ParseResult parsed, BenchOptions options, CommonOptions common)
    {
        string[] Names(Option<string[]> option) => parsed.GetValue(option) ?? [];
        UserTable? table = UserTable.Of(parsed, options.DataFile, options.Table);
        string[] strategies = Names(options.Strategies);
        string[] datasets = Names(options.Datasets) is { Length: > 0 } named ? named : table is null ? DefaultDatasets : [];
        bool paperCompatible = parsed.GetValue(options.PaperCompatible);
        Func<string, DatasetSource> find = paperCompatible ? DatasetCatalogue.FindPaperCompatible : DatasetCatalogue.Find;
        long seed = parsed.GetValue(common.Seed) ?? 0;
        ScenarioOptions? scenario = ScenarioOptions.Of(parsed, options, seed);
        var plan = new ExperimentPlan
        {
            Datasets = [.. datasets.Select(find).DistinctBy(d => d.Name), .. table is null ? [] : new[] { table.Load() }],
            Strategies = [.. (strategies.Length > 0 ? strategies : DefaultStrategies).Select(StrategyCatalogue.Find).DistinctBy(s => s.Name)],
            Starts = [.. (Names(options.Starts) is { Length: > 0 } starts ? starts : ["cold"]).Select(Start.Parse).DistinctBy(s => s.Name)],
            Model = parsed.GetValue(options.Model) is { } model ? ModelCatalogue.Find(model) : ModelCatalogue.Default,
            FoldCount = parsed.GetValue(options.Folds) ?? 5,
            Rounds = parsed.GetValue(options.Queries) ?? DefaultQueries,
            BatchSize = parsed.GetValue(options.BatchSize) ?? 1,
            Seeds = [.. Enumerable.Range(0, parsed.GetValue(options.Seeds) ?? DefaultSeeds).Select(i => unchecked(seed + i))],
            Standardise = !parsed.GetValue(options.RawFeatures),
            Scenario = scenario?.Scenario,
        };
        string[] metrics = [.. Names(options.Metrics).Select(MetricChoice.Find).Distinct()];
        string[] data =
        [
            .. datasets.Length > 0 ? ["--dataset " + string.Join(',', datasets.Select(d => DatasetCatalogue.Find(d).Name).Distinct())] : Array.Empty<string>(),
            .. paperCompatible ? [options.PaperCompatible.Name] : Array.Empty<string>(),
            .. table?.Arguments ?? [],
            .. scenario?.Arguments ?? [],
        ];
        string command = CommandOf(plan, data, metrics);
        IEnumerable<Option> deciding = options.All.Except([options.Out, .. options.Continue.All]);
        bool isDefault = deciding.All(option => parsed.GetResult(option) is null or { Implicit: true }) && seed == 0;
        return new BenchRequest
        {
            Plan = plan,
            Metrics = metrics,
            NamedStrategies = strategies.Length > 0,
            Command = command,
            Folder = parsed.GetValue(options.Out) ?? Path.Combine("results", isDefault ? "bench" : "bench-" + Hash(command)),
        };
    }

    private static string CommandOf(ExperimentPlan plan, string[] data, string[] metrics)
    {
        string[] parts =
        [
            "pyrelational bench",
            .. data,
            "--start " + string.Join(',', plan.Starts.Select(s => s.Name)),
            "--strategy " + string.Join(',', plan.Strategies.Select(s => s.Name)),
            "--model " + plan.Model.Name,
            .. metrics.Length > 0 ? ["--metric " + string.Join(',', metrics)] : Array.Empty<string>(),
            string.Create(CultureInfo.InvariantCulture, $"--folds {plan.FoldCount} --queries {plan.Rounds} --batch-size {plan.BatchSize}"),
            string.Create(CultureInfo.InvariantCulture, $"--seed {plan.Seeds[0]} --seeds {plan.Seeds.Count}"),
            .. plan.Standardise ? Array.Empty<string>() : ["--raw-features"],
        ];
        return string.Join(' ', parts);
    }

    // Eight letters: two different settings in one folder would need tens of thousands of folders.
    private static string Hash(string command) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..8];
}
