using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>The usual help, and examples after it.</summary>
internal sealed partial class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help;
    private readonly Dictionary<Command, IReadOnlyList<(string What, string Line)>> _examples = [];

    private HelpWithExamples(HelpAction help) => _help = help;

    /// <summary>Adds examples to a command. Those of the root command come first: it owns the help option of all.</summary>
    public static void AddTo(RootCommand root, params (string What, string Line)[] examples)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show this help.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
        var action = new HelpWithExamples((HelpAction)option.Action!);
        action._examples[root] = examples;
        foreach (IHasExamples command in root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).OfType<IHasExamples>())
        {
            action._examples[(Command)command] = command.Examples;
        }

        option.Action = action;
    }

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        foreach (Command inner in command.Subcommands)
        {
            // The rest is for the help of that command.
            inner.Description = FirstSentence().Match(inner.Description!).Value;
        }

        int exitCode = _help.Invoke(parseResult);
        if (!_examples.TryGetValue(command, out IReadOnlyList<(string What, string Line)>? examples))
        {
            return exitCode;
        }

        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach ((string what, string line) in examples)
        {
            if (what.Length > 0)
            {
                output.WriteLine($"  {what}:");
            }

            output.WriteLine($"    {line}");
        }

        output.WriteLine();
        return exitCode;
    }

    [GeneratedRegex(@"^.*?[.?](?= |$)")]
    private static partial Regex FirstSentence();
}
