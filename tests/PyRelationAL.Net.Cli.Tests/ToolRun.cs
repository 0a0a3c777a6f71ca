using PyRelationAL.Cli;

namespace PyRelationAL.Tests;

/// <summary>What the tool did with some arguments, run in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static ToolRun Of(params string[] args) => Of(new StringWriter(), CancellationToken.None, args);

    /// <summary>With other environment variables than this process's.</summary>
    public static ToolRun With(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error, IsOutputTerminal: false, IsErrorTerminal: false, TimeProvider.System)
        {
            Variable = name => variables.GetValueOrDefault(name),
        };
        int exitCode = Tool.RunAsync(args, console).GetAwaiter().GetResult();
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    public static ToolRun Of(HttpMessageHandler http, params string[] args) => Of(new StringWriter(), CancellationToken.None, args, http);

    public static ToolRun Of(TextWriter error, CancellationToken cancellationToken, params string[] args) => Of(error, cancellationToken, args, null);

    public static ToolRun Of(TextWriter error, CancellationToken cancellationToken, string[] args, HttpMessageHandler? http)
    {
        var output = new StringWriter();
        var console = new ToolConsole(output, error, IsOutputTerminal: false, IsErrorTerminal: false, TimeProvider.System) { Http = http };
        int exitCode = Tool.RunAsync(args, console, cancellationToken).GetAwaiter().GetResult();
        return new ToolRun(exitCode, output.ToString(), error.ToString()!);
    }

    /// <summary>A folder of the running test's own, empty.</summary>
    public static string TemporaryFolder()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", TestContext.CurrentContext.Test.ID);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }
}
