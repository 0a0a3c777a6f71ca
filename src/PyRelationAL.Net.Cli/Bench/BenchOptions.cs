using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.Bench;

/// <summary>The options of <c>bench</c>, beside those that every command has.</summary>
internal sealed class BenchOptions
{
    /// <summary>More is a typing error, and listing the runs would take all memory.</summary>
    private const int MostSeeds = 10_000;

    public Option<string[]> Datasets { get; } =
        OptionFactory.Names("--dataset", "Datasets; see 'pyrelational datasets list'. [default: BreastCancer,Diabetes]", "NAME");

    public Option<bool> PaperCompatible { get; } = new("--paper-compatible")
    {
        Description = "Each dataset as PyRelationAL's loader has it: lost records, mistaken columns, its order. Only to compare with its results.",
    };

    public Option<string?> DataFile { get; } = OptionFactory.Text("--data", "A CSV file of your own, fully labelled, as one more dataset.", "FILE");

    /// <summary>How to read it.</summary>
    public TableOptions Table { get; } = new();

    public Option<string[]> Starts { get; } = OptionFactory.Names(
        "--start",
        "What is labelled at the start: cold (one item per class, or the two farthest apart), warm (10 %), warm:SHARE, kperclass:K, random:N. [default: cold]",
        "START");

    public Option<double?> OpenSet { get; } = OptionFactory.Share(
        "--open-set", "Open-set pool: this share of the training items is of unknown classes; labelling one costs, and gives nothing to learn from.", "RATE");

    public Option<string[]> KnownClasses { get; } = OptionFactory.Names(
        "--known-classes",
        "The known classes of an open-set pool, by name or number, or 'alscope' for the lists of that benchmark. [default: drawn for each seed]",
        "CLASS");

    public Option<double?> Imbalance { get; } = OptionFactory.Share(
        "--imbalance", "Long tail: of class c of 0 to C−1, the share FACTOR^(c/(C−1)) of the training items stays; the test items all stay.", "FACTOR");

    public Option<string[]> Strategies { get; } = OptionFactory.Names(
        "--strategy",
        "Strategies; see 'pyrelational strategies'. Each is used on the datasets whose task it is for. " +
        "[default: LeastConfidence,VarianceReduction,RandomAcquisition]",
        "NAME");

    public Option<string?> Model { get; } = OptionFactory.Text(
        "--model", $"{OptionFactory.Models}. [default: {ModelCatalogue.Default.Name}]", "NAME");

    public Option<string[]> Metrics { get; } = OptionFactory.Names(
        "--metric", "Judge by these; for each task, the first that fits. All metrics are stored. [default: balanced_accuracy,mse]", "NAME");

    public Option<int?> Folds { get; } = OptionFactory.Number("--folds", "Cross-validation folds, each the test set once. [default: 5]", 2);

    public Option<int?> Queries { get; } = OptionFactory.Number("--queries", "The most queries of each run; the pool may be empty before. [default: 60]", 1);

    public Option<int?> BatchSize { get; } = OptionFactory.Number("--batch-size", "Items labelled by each query. [default: 1]", 1);

    public Option<int?> Seeds { get; } = OptionFactory.Number("--seeds", "How many seeds: --seed, --seed + 1, ... [default: 3]", 1, MostSeeds);

    public Option<bool> RawFeatures { get; } = new("--raw-features") { Description = "Use features as they are, not centred and scaled." };

    public Option<string?> Out { get; } = OptionFactory.Text(
        "--out", "Folder for results.jsonl and report.html. [default: results/bench, or results/bench-HASH of the settings]", "DIR");

    public ContinueOptions Continue { get; } = new();

    public IEnumerable<Option> All =>
    [
        Datasets, PaperCompatible, DataFile, .. Table.All,
        Starts, OpenSet, KnownClasses, Imbalance, Strategies, Model, Metrics, Folds, Queries, BatchSize, Seeds, RawFeatures, Out,
        .. Continue.All,
    ];
}
