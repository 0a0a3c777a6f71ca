using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Cli.Compare;

/// <summary>What the user asked of <c>compare</c>, with what the data suggest filled in.</summary>
internal sealed record CompareRequest
{
    private const int DefaultSeconds = 300;

    public required ComparisonPlan Plan { get; init; }

    /// <summary>What was guessed of the file, then of the settings; with the option that decides it otherwise.</summary>
    public required IReadOnlyList<string> Guesses { get; init; }

    /// <summary>The command with every setting that decides the results of a run, but for the strategies that there is time for.</summary>
    public required string Command { get; init; }

    public required string Folder { get; init; }

    /// <param name="parsed">The command line.</param>
    /// <param name="options">Its options.</param>
    /// <param name="common">The options of all commands.</param>
    /// <param name="elapsed">How much of the time budget is gone already.</param>
    /// <exception cref="UsageException">An option's value is wrong, or the data file is.</exception>
    public static CompareRequest Of(ParseResult parsed, CompareOptions options, CommonOptions common, Func<TimeSpan> elapsed) =>
        UsageException.Guard(() => Read(parsed, options, common, elapsed));

    private static CompareRequest Read(ParseResult parsed, CompareOptions options, CommonOptions common, Func<TimeSpan> elapsed)
    {
        if (parsed.GetValue(options.DataFile) is not { } file)
        {
            throw new UsageException("Name the data to compare on: compare --data FILE --target COLUMN.");
        }

        string[] Names(Option<string[]> option) => parsed.GetValue(option) ?? [];
        UserTable table = UserTable.Of(parsed, options.DataFile, options.Table)!;
        long seed = parsed.GetValue(common.Seed) ?? 0;
        int seconds = parsed.GetValue(options.TimeBudget) ?? DefaultSeconds;
        string[] strategies = Names(options.Strategies), starts = Names(options.Starts);
        var wanted = new ComparisonOptions
        {
            Model = parsed.GetValue(options.Model) is { } model ? ModelCatalogue.Find(model) : null,
            Strategies = strategies.Length > 0 ? [.. strategies.Select(StrategyCatalogue.Find).DistinctBy(s => s.Name)] : null,
            Starts = starts.Length > 0 ? [.. starts.Select(Start.Parse).DistinctBy(s => s.Name)] : null,
            Metric = parsed.GetValue(options.Metric),
            FoldCount = parsed.GetValue(options.Folds),
            Rounds = parsed.GetValue(options.Queries),
            BatchSize = parsed.GetValue(options.BatchSize),
            Seeds = parsed.GetValue(options.Seeds) is { } seeds ? [.. Enumerable.Range(0, seeds).Select(i => unchecked(seed + i))]
                : seed == 0 ? null
                : [seed, unchecked(seed + 1), unchecked(seed + 2)],
            Standardise = !parsed.GetValue(options.RawFeatures),
        };
        (DatasetSource source, IReadOnlyList<GuessedSetting> ofFile) = table.Guess(Names(options.Kept), parsed.GetValue(options.Table.Missing) is not null);
        TimeSpan? left = seconds == 0 ? null : TimeSpan.FromSeconds(seconds) - elapsed();
        if (left is { } none && none <= TimeSpan.Zero)
        {
            throw new UsageException(FormattableString.Invariant($"The time budget of {seconds} s was over when the file was read. Allow more time."));
        }

        var plan = ComparisonPlan.For(source, wanted with { TimeBudget = left });
        string[] kept = Names(options.Kept);
        string command = CommandOf(
            plan, [.. table.Arguments, .. kept.Length > 0 ? ["--keep " + ShellText.Quoted(string.Join(',', kept))] : Array.Empty<string>()]);
        return new CompareRequest
        {
            Plan = plan,
            Guesses = [.. ofFile.Concat(plan.Guesses).Select(guess => $"{guess.Text} ({OptionOf(guess.Property)})")],
            Command = command,
            Folder = parsed.GetValue(options.Out) ?? Path.Combine("results", $"compare-{Path.GetFileNameWithoutExtension(file)}-{Hash(command)}"),
        };
    }

    private static string OptionOf(string property) => property switch
    {
        nameof(CsvOptions.Target) => "--target",
        nameof(CsvOptions.Task) => "--task",
        nameof(CsvOptions.Missing) => "--missing",
        nameof(CsvOptions.CategoricalColumns) => "--categorical",
        nameof(CsvOptions.IgnoredColumns) => "--keep",
        nameof(ComparisonOptions.Model) => "--model",
        nameof(ComparisonOptions.FoldCount) => "--folds",
        nameof(ComparisonOptions.Seeds) => "--seeds",
        nameof(ComparisonOptions.Rounds) => "--queries",
        nameof(ComparisonOptions.BatchSize) => "--batch-size",
        nameof(ComparisonOptions.Starts) => "--start",
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, "No option belongs to this property."),
    };

    private static string CommandOf(ComparisonPlan plan, string[] data)
    {
        ExperimentPlan experiment = plan.Experiment;
        string[] parts =
        [
            "pyrelational compare",
            .. data,
            .. plan.Options.Strategies is null ? [] : new[] { "--strategy " + string.Join(',', experiment.Strategies.Select(s => s.Name)) },
            "--start " + string.Join(',', experiment.Starts.Select(s => s.Name)),
            "--model " + experiment.Model.Name,
            "--metric " + plan.Metric,
            string.Create(CultureInfo.InvariantCulture, $"--folds {experiment.FoldCount} --queries {experiment.Rounds} --batch-size {experiment.BatchSize}"),
            string.Create(CultureInfo.InvariantCulture, $"--seed {experiment.Seeds[0]} --seeds {experiment.Seeds.Count}"),
            .. experiment.Standardise ? Array.Empty<string>() : ["--raw-features"],
        ];
        return string.Join(' ', parts);
    }

    private static string Hash(string command) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..8];
}
