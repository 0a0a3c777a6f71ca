using System.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>The options of commands that carry out an experiment in a folder: which share of it, and whether anew.</summary>
internal sealed class ContinueOptions
{
    private const string FromEnvironment = "auto";

    /// <summary>More is a typing error.</summary>
    private const int MostShards = 1_000_000;

    public Option<bool> Fresh { get; } = new("--fresh")
    {
        Description = "Begin anew; results that are in the folder are kept as results.previous.jsonl. Without it, what is missing in the folder is done.",
    };

    public Option<string?> Share { get; } = OptionFactory.Text(
        "--shard",
        "Do a share of the runs, such as 2/8, into a file of its own in the folder. 'auto' takes it from a Slurm array or an indexed Kubernetes job.",
        "I/N");

    public Option<int?> Shards { get; } = OptionFactory.Number(
        "--shards", "With --shard auto: how many shards there are, where the job does not tell.", 1, MostShards);

    public IEnumerable<Option> All => [Fresh, Share, Shards];

    /// <summary>Null where all runs are wanted.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or the environment.</exception>
    public Shard? ShardOf(ParseResult parsed, Func<string, string?> variable)
    {
        string? share = parsed.GetValue(Share);
        bool isAutomatic = string.Equals(share, FromEnvironment, StringComparison.OrdinalIgnoreCase);
        int? shards = parsed.GetValue(Shards);
        if (shards is not null && !isAutomatic)
        {
            throw new ArgumentException("--shards goes with --shard auto; otherwise --shard i/n says how many there are.");
        }

        if (share is not null && parsed.GetValue(Fresh))
        {
            throw new ArgumentException(
                "--fresh does not go with --shard: each shard would set the results of the others aside. Give a new folder with --out.");
        }

        return share is null ? null : isAutomatic ? Shard.FromEnvironment(variable, shards) : Shard.Parse(share);
    }
}
