using System.CommandLine;
using PyRelationAL.Numerics;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>What is wrong with a command line.</summary>
internal static class ParseErrors
{
    /// <summary>The first thing that is not understood, with what may have been meant; else the parser's own words.</summary>
    public static string Of(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return UserMessage.Of(parsed.Errors[0].Message);
        }

        string word = parsed.UnmatchedTokens[0].Split('=')[0];
        Command command = parsed.CommandResult.Command;
        if (word.StartsWith('-'))
        {
            IEnumerable<Option> options = command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive));
            return $"There is no option '{word}'.{NearestName.Suggestion(word, options.Select(option => option.Name))}";
        }

        return command.Subcommands.Count > 0 ? $"There is no command '{word}'.{NearestName.Suggestion(word, command.Subcommands.Select(inner => inner.Name))}"
            : command.Options.Any(option => option.Name == "--data") && File.Exists(word) ? $"The file '{word}' needs an option before it: --data {word}."
            : command.Options.OfType<Option<string[]>>().Any() ? $"'{word}' belongs to no option; several values of one are separated by commas."
            : $"'{word}' is not expected here.";
    }
}
