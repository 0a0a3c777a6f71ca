namespace PyRelationAL.Cli;

/// <summary>An exception as one line for people.</summary>
internal static class UserMessage
{
    public static string Of(Exception exception)
    {
        string message = exception.Message;
        if (exception is ArgumentException)
        {
            // .NET appends the parameter's name and, on a line of its own, its value: words for whoever calls the library.
            int appendix = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
            message = appendix < 0 ? message : message[..appendix];
        }

        return string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
