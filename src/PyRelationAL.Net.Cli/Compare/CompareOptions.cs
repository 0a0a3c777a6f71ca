using System.CommandLine;
using PyRelationAL.Cli.CommandLine;

namespace PyRelationAL.Cli.Compare;

/// <summary>The options of <c>compare</c>, beside those that every command has.</summary>
internal sealed class CompareOptions
{
    private const int MostSeeds = 10_000;

    public Option<string?> DataFile { get; } = OptionFactory.Text("--data", "A CSV file, fully labelled. Required.", "FILE");

    public TableOptions Table { get; } = new();

    public Option<string[]> Kept { get; } =
        OptionFactory.Names("--keep", "Columns not to leave out, although they look like ids or names, or do not vary.", "COLUMN");

    public Option<string?> Model { get; } = OptionFactory.Text("--model", $"{OptionFactory.Models}. [default: by the data]", "NAME");

    public Option<string[]> Strategies { get; } = OptionFactory.Names(
        "--strategy", "Strategies to compare with random queries; see 'pyrelational strategies'. [default: all that fit task and model]", "NAME");

    public Option<string[]> Starts { get; } = OptionFactory.Names(
        "--start", "What is labelled at the start: cold, warm, warm:SHARE, kperclass:K, random:N. [default: cold, and warm]", "START");

    public Option<string?> Metric { get; } = OptionFactory.Text(
        "--metric", "Judge by this metric. [default: balanced_accuracy, or rmse for regression]", "NAME");

    public Option<int?> Folds { get; } = OptionFactory.Number("--folds", "Cross-validation folds, each the test set once. [default: 5]", 2);

    public Option<int?> Queries { get; } = OptionFactory.Number("--queries", "The most queries of each run. [default: about 25]", 1);

    public Option<int?> BatchSize { get; } = OptionFactory.Number("--batch-size", "Items labelled by each query. [default: by the number of rows]", 1);

    public Option<int?> Seeds { get; } = OptionFactory.Number("--seeds", "How many seeds: --seed, --seed + 1, ... [default: 3]", 1, MostSeeds);

    public Option<bool> RawFeatures { get; } = new("--raw-features") { Description = "Use features as they are, not centred and scaled." };

    public Option<int?> TimeBudget { get; } = OptionFactory.Number(
        "--time-budget", "Answer within so many seconds, with what is done by then; 0 for no limit. [default: 300]", 0);

    public Option<string?> Out { get; } = OptionFactory.Text(
        "--out", "Folder for results.jsonl and report.html. [default: results/compare-FILE-HASH of the settings]", "DIR");

    public ContinueOptions Continue { get; } = new();

    public IEnumerable<Option> All =>
    [
        DataFile, .. Table.All, Kept, Model, Strategies, Starts, Metric, Folds, Queries, BatchSize, Seeds, RawFeatures, TimeBudget, Out,
        .. Continue.All,
    ];
}
