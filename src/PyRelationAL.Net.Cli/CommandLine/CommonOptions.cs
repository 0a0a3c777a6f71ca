using System.CommandLine;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>The options that every command has.</summary>
internal sealed class CommonOptions
{
    public Option<long?> Seed { get; } = OptionFactory.Number("--seed", "Root of all randomness: same seed, same results. [default: 0]", long.MinValue);

    public Option<int?> Threads { get; } = OptionFactory.Number("--threads", "The most threads; results do not depend on it. [default: all processors]", 1);

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON and nothing else on standard output." };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "On an error, tell everything." };

    public void AddTo(RootCommand root)
    {
        foreach (Option option in new Option[] { Seed, Threads, Json, Verbose })
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    public int ThreadsOf(ParseResult parseResult) => parseResult.GetValue(Threads) ?? Environment.ProcessorCount;
}
