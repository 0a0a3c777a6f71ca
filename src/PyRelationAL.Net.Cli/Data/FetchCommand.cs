using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;

namespace PyRelationAL.Cli.Data;

/// <summary><c>datasets fetch</c>: downloads publishers' files into the cache.</summary>
internal sealed class FetchCommand(CommonOptions common, ToolConsole console)
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The datasets, in any letter case.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Fetch every dataset that can be downloaded." };

    public Command Create()
    {
        var command = new ToolCommand(
            "fetch",
            "Download datasets from their publishers into the cache folder, which PYRELATIONAL_CACHE can name. " +
            "What is there and right is not downloaded again.",
            (string.Empty, "pyrelational datasets fetch Seeds Yacht"),
            ("Everything", "pyrelational datasets fetch --all")) { _names, _all };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        DatasetSource[] sources = UsageException.Guard(() => Chosen(parsed.GetValue(_names) ?? [], parsed.GetValue(_all)));
        var cache = UsageException.Guard(() => new DatasetCache(handler: console.Http));
        var rows = new List<DatasetFileRow>();
        bool failed = false;
        await FetchProgress.WatchAsync(console, async progress =>
        {
            foreach (DatasetSource source in sources)
            {
                try
                {
                    rows.AddRange(DatasetFileRow.Of(source.Info, await cache.FetchAsync(source, progress, cancellationToken).ConfigureAwait(false)));
                }
                catch (DatasetDownloadException e)
                {
                    failed = true;
                    rows.AddRange(DatasetFileRow.Of(source.Info, cache.Verify(source))
                        .Select(row => row.File == e.File.Name ? row with { Problem = UserMessage.Of(e) } : row));
                }
            }
        }).ConfigureAwait(false);
        DatasetFileTable.Print(console, rows, cache.Folder, parsed.GetValue(common.Json));
        return failed ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static DatasetSource[] Chosen(string[] names, bool all)
    {
        if (all == (names.Length > 0))
        {
            throw new ArgumentException(
                all ? "Give names or --all, not both." : "Name the datasets to fetch, or give --all. See 'pyrelational datasets list'.");
        }

        return all ? [.. DatasetCatalogue.All.Where(source => source.Info.Files.Count > 0)] : [.. names.Select(DatasetCatalogue.Find).Distinct()];
    }
}
