using Spectre.Console;

namespace PyRelationAL.Cli;

/// <summary>Where the tool writes. Tests give it writers of their own.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, notices and what went wrong: all that is no result.</param>
/// <param name="IsErrorTerminal">Whether somebody watches <paramref name="Error"/>.</param>
/// <param name="IsOutputTerminal">Whether somebody watches <paramref name="Output"/>.</param>
/// <param name="Clock">For the time in reports.</param>
internal sealed record ToolConsole(TextWriter Output, TextWriter Error, bool IsOutputTerminal, bool IsErrorTerminal, TimeProvider Clock)
{
    /// <summary>Wide enough that no table wraps, where lines are for a file or a pipe.</summary>
    private const int WidthWithoutTerminal = 200;

    /// <summary>Where the terminal is narrower, its own line breaks are better than a table without content.</summary>
    private const int LeastTableWidth = 80;

    /// <summary>What answers requests for files; null for the network.</summary>
    public HttpMessageHandler? Http { get; init; }

    /// <summary>Gives an environment variable, or null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public static ToolConsole OfProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected, TimeProvider.System);

    public IAnsiConsole Tables()
    {
        IAnsiConsole console = Ansi(Output, IsOutputTerminal);
        console.Profile.Width = Math.Max(console.Profile.Width, LeastTableWidth);
        return console;
    }

    public IAnsiConsole Messages() => Ansi(Error, IsErrorTerminal);

    private static IAnsiConsole Ansi(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
