using System.CommandLine;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>The options that say how to read a CSV file (<c>--data</c>).</summary>
internal sealed class TableOptions
{
    public Option<string?> Target { get; } = OptionFactory.Text("--target", "The column of --data to predict. [default: the last one]", "COLUMN");

    public Option<bool> NoHeader { get; } = new("--no-header")
    {
        Description = "The first line of --data is data too; the columns are 'column 1', 'column 2', ...",
    };

    public Option<string?> Task { get; } = OptionFactory.Text(
        "--task", "What --data is for: classification or regression. [default: guessed from the target]", "TASK");

    public Option<string?> Missing { get; } = OptionFactory.Text(
        "--missing", "Missing features in --data: refuse, mean, median, most-frequent, drop-row. [default: refuse]", "HOW");

    public Option<string[]> Categorical { get; } =
        OptionFactory.Names("--categorical", "Columns of --data whose numbers are names of categories. [default: those without any number]", "COLUMN");

    public Option<string[]> Ignored { get; } = OptionFactory.Names("--ignore", "Columns of --data to leave out.", "COLUMN");

    public IEnumerable<Option> All => [Target, NoHeader, Task, Missing, Categorical, Ignored];
}
