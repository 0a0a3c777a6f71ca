using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using Spectre.Console;

namespace PyRelationAL.Cli.Data;

/// <summary><c>datasets verify</c>: compares the cache with what is known of publishers' files.</summary>
internal sealed class VerifyCommand(CommonOptions common, ToolConsole console)
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The datasets, in any letter case. [default: all that are in the cache]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Command Create()
    {
        var command = new ToolCommand(
            "verify",
            "Compare the files in the cache with the SHA-256 of the publishers', or with their rows and columns where that is not known. " +
            "The exit code is 1 where a file is damaged, or a named dataset is missing.",
            ("All that is there", "pyrelational datasets verify"),
            ("For programs", "pyrelational datasets verify MNIST --json")) { _names };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var cache = UsageException.Guard(() => new DatasetCache(handler: console.Http));
        string[] names = parsed.GetValue(_names) ?? [];
        DatasetSource[] sources = names.Length > 0
            ? UsageException.Guard(() => names.Select(DatasetCatalogue.Find).Distinct().ToArray())
            : [.. DatasetCatalogue.All.Where(source => source.Info.Files.Any(file => File.Exists(cache.PathOf(file))))];
        DatasetFileRow[] rows = [.. Watch(sources, source => DatasetFileRow.Of(source.Info, cache.Verify(source)), cancellationToken)];
        if (rows.Length == 0 && !parsed.GetValue(common.Json))
        {
            console.Output.WriteLine($"Nothing is in the cache: {cache.Folder}");
            return ExitCodes.Success;
        }

        DatasetFileTable.Print(console, rows, cache.Folder, parsed.GetValue(common.Json));
        string missing = DatasetFileRow.StateOf(CachedFileState.Missing), damaged = DatasetFileRow.StateOf(CachedFileState.Damaged);
        return rows.Any(row => row.State == damaged || (names.Length > 0 && row.State == missing)) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private List<DatasetFileRow> Watch(DatasetSource[] sources, Func<DatasetSource, IEnumerable<DatasetFileRow>> verify, CancellationToken cancellationToken)
    {
        if (!console.IsErrorTerminal)
        {
            return VerifyAll(() => { });
        }

        return console.Messages().Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("datasets", maxValue: sources.Length);
                return VerifyAll(() => task.Increment(1));
            });

        List<DatasetFileRow> VerifyAll(Action done)
        {
            var rows = new List<DatasetFileRow>();
            foreach (DatasetSource source in sources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.AddRange(verify(source));
                done();
            }

            return rows;
        }
    }
}
