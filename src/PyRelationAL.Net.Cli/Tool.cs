using System.CommandLine;
using PyRelationAL.Cli.Bench;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Cli.Compare;
using PyRelationAL.Cli.Data;
using PyRelationAL.Cli.Select;

namespace PyRelationAL.Cli;

/// <summary>The tool: from arguments to an exit code.</summary>
internal static class Tool
{
    private const string Name = "pyrelational";

    /// <summary>Everything that the tool understands. The documents' commands are tested against it.</summary>
    public static RootCommand Root(ToolConsole console)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Active learning from the command line: benchmarks, batches from files, datasets and strategies of PyRelationAL.Net.");
        common.AddTo(root);
        root.Add(new CompareCommand(common, console).Create());
        root.Add(new BenchCommand(common, console).Create());
        root.Add(new SelectCommand(common, console).Create());
        root.Add(new DatasetsCommand(common, console).Create());
        root.Add(new StrategiesCommand(common, console).Create());
        root.Add(new ReportCommand(common, console).Create());
        root.Add(new MergeCommand(common, console).Create());
        root.SetAction(parseResult => root.Parse(["--help"]).Invoke(parseResult.InvocationConfiguration));
        HelpWithExamples.AddTo(
            root,
            ("Which strategy saves most labels on your data", "pyrelational compare --data measurements.csv --target yield"),
            ("A small benchmark, in under a minute", "pyrelational bench"),
            ("One batch from a model's outputs", "pyrelational select --strategy Entropy --probabilities p.npy --count 100"),
            ("What there is", "pyrelational datasets list"),
            (string.Empty, "pyrelational strategies"));
        return root;
    }

    public static async Task<int> RunAsync(string[] args, ToolConsole console, CancellationToken cancellationToken = default)
    {
        ParseResult command = Root(console).Parse(args);
        bool verbose = args.Contains("--verbose", StringComparer.Ordinal);
        try
        {
            if (command.Errors.Count > 0 && command.Action is not (System.CommandLine.Help.HelpAction or HelpWithExamples))
            {
                throw new UsageException($"{ParseErrors.Of(command)} See '{Path(command)} --help'.");
            }

            return await command.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = console.Output,
                    Error = console.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitCodes.Interrupted, "stopped.");
        }
        catch (UsageException e)
        {
            return Fail(ExitCodes.Usage, verbose ? e.ToString() : e.Message);
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Failure, verbose ? e.ToString() : $"{UserMessage.Of(e)} ({e.GetType().Name}; --verbose tells more)");
        }

        int Fail(int exitCode, string message)
        {
            console.Error.WriteLine($"{Name}: {message}");
            return exitCode;
        }
    }

    private static string Path(ParseResult command)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? result = command.CommandResult; result is not null; result = result.Parent)
        {
            if (result is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } inner)
            {
                names.Insert(0, inner.Command.Name);
            }
        }

        return string.Join(' ', names.Prepend(Name));
    }
}
