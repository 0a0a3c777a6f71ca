namespace PyRelationAL.Cli.CommandLine;

/// <summary>Arguments as a shell takes them.</summary>
internal static class ShellText
{
    public static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "./_-,".Contains(c, StringComparison.Ordinal))
            ? text
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
