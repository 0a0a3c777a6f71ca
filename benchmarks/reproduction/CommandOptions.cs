using System.Globalization;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Plans;

namespace PyRelationAL.Reproduction;

/// <summary>What the command line asks for.</summary>
internal sealed record CommandOptions
{
    public const string Usage = """
        Usage: reproduction [as-published] [draws] [as-it-should-be] [page] [options]

        Runs the paper's tables 5 to 8 and writes docs/reproduction.md; without a part, all four. Runs that are stored already are not run again.
        draws repeats with other seeds what differs from the paper in as-published.

          --out DIR        where results are kept; default: artifacts/reproduction
          --data DIR       data that the library does not ship; default: PYRELATIONAL_DATA, or ../shared/datasets
          --threads N      runs at once; default: one for each processor
          --dataset A,B    only these datasets (the tables' names)
          --start A,B      only these starts: cold, warm
          --strategy A,B   only these strategies (the tables' names)
        """;

    private const string Page = "page";

    /// <summary>What to run.</summary>
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>Whether to write the page.</summary>
    public bool WritesPage { get; init; }

    /// <summary>Whether only the usage was asked for.</summary>
    public bool Help { get; init; }

    /// <summary>The folder of results.</summary>
    public string Out { get; init; } = Path.Combine(RepositoryFolder.Find(), "artifacts", "reproduction");

    /// <summary>The folder of data.</summary>
    public DataFolder Data { get; init; } = DataFolder.Default();

    /// <summary>Runs at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    private IReadOnlyList<string> Datasets { get; init; } = [];

    private IReadOnlyList<string> Starts { get; init; } = [];

    private IReadOnlyList<string> Strategies { get; init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It is wrong; the message says how.</exception>
    public static CommandOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CommandOptions();
        var parts = new List<string>();
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h")
            {
                return options with { Help = true };
            }

            if (!args[i].StartsWith('-'))
            {
                parts.Add(args[i]);
                continue;
            }

            string name = args[i];
            string value = ++i < args.Count ? args[i] : throw new ArgumentException($"{name} needs a value. {Usage}");
            options = name switch
            {
                "--out" => options with { Out = value },
                "--data" => options with { Data = new DataFolder(value) },
                "--threads" => options with { Threads = Positive(name, value) },
                "--dataset" => options with { Datasets = List(value) },
                "--start" => options with { Starts = List(value) },
                "--strategy" => options with { Strategies = List(value) },
                _ => throw new ArgumentException($"There is no option {name}. {Usage}"),
            };
        }

        string? unknown = parts.Find(part => part != Page && Part.All.All(known => known.Name != part));
        return unknown is not null
            ? throw new ArgumentException($"There is no part '{unknown}'. {Usage}")
            : options with
            {
                Parts = [.. Part.All.Where(part => parts.Count == 0 || parts.Contains(part.Name))],
                WritesPage = parts.Count == 0 || parts.Contains(Page),
            };
    }

    /// <summary>Whether a run is among those asked for.</summary>
    public bool Wants(RunSpec run) => Has(Datasets, run.Dataset) && Has(Starts, run.Start) && Has(Strategies, run.Strategy);

    private static bool Has(IReadOnlyList<string> names, string name) => names.Count == 0 || names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string[] List(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int Positive(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{name} is '{value}'; it must be a whole number from 1 on.");
}
