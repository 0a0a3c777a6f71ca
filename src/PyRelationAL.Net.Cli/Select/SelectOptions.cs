using System.CommandLine;
using PyRelationAL.Cli.CommandLine;

namespace PyRelationAL.Cli.Select;

/// <summary>The options of <c>select</c>, beside those that every command has.</summary>
internal sealed class SelectOptions
{
    public Option<string?> Strategy { get; } = Required(OptionFactory.Text("--strategy", "The strategy; see 'pyrelational strategies'.", "NAME"));

    public Option<int?> Count { get; } = Required(OptionFactory.Number("--count", "How many rows to select.", 1));

    public Option<string?> Probabilities { get; } = File("--probabilities", "Class probabilities [N×C].");

    public Option<string?> Logits { get; } = File("--logits", "Logits [N×C], instead of probabilities.");

    public Option<string?> Samples { get; } = File(
        "--samples", "Class probabilities under S posterior samples [S×N×C]: an ensemble's members, or passes with dropout.");

    public Option<string?> Mean { get; } = File("--mean", "Predicted values [N], for regression; with --std.");

    public Option<string?> Deviation { get; } = File("--std", "Their standard deviations [N].");

    public Option<string?> ValueSamples { get; } = File("--value-samples", "Predicted values under S posterior samples [S×N].");

    public Option<bool> Inconsistent { get; } = new("--inconsistent")
    {
        Description = "A sample is not one model for all rows, as in plain MC dropout, which draws a mask for each row.",
    };

    public Option<string?> Embeddings { get; } = File("--embeddings", "Embeddings [N×D]; they serve as features too where --features is not given.");

    public Option<string?> Features { get; } = File("--features", "Features [N×D]; they serve as embeddings too where --embeddings is not given.");

    public Option<string?> Labelled { get; } = File("--labelled", "The rows that are labelled, from 0: one column, or one named 'index'.");

    public Option<string?> Labels { get; } = File(
        "--labels", "The labels of the rows in --labelled, in that order: class numbers from 0, −1 for an item of none of the classes, or values.");

    public Option<string?> Pool { get; } = File("--pool", "The rows to select from, as in --labelled. [default: all that are not labelled]");

    public Option<double?> Purest { get; } = OptionFactory.Share(
        "--purest",
        "Select from this share of the rows only, those most like labelled rows and least like rows of no class, in (0, 1]. [default: from all]",
        "SHARE");

    public Option<string?> Out { get; } = OptionFactory.Text(
        "--out", "Where to write the selected rows, best first: .csv and .npz with scores, .txt and .npy without. [default: CSV on standard output]", "FILE");

    public IEnumerable<Option> All =>
    [
        Strategy, Count, Probabilities, Logits, Samples, Mean, Deviation, ValueSamples, Inconsistent, Embeddings, Features, Labelled, Labels, Pool, Purest, Out,
    ];

    private static Option<string?> File(string name, string description) => OptionFactory.Text(name, description, "FILE");

    private static Option<T> Required<T>(Option<T> option)
    {
        option.Required = true;
        return option;
    }
}
