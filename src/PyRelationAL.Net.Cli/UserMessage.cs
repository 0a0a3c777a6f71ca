namespace PyRelationAL.Cli;

/// <summary>An exception's message as one line for people.</summary>
internal static class UserMessage
{
    public static string Of(Exception exception) => Of(exception.Message);

    public static string Of(string message)
    {
        // .NET appends the parameter's name and, on a line of its own, its value: words for whoever calls the library.
        int appendix = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        message = appendix < 0 ? message : message[..appendix];
        return string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
