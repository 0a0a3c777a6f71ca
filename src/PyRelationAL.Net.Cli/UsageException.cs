namespace PyRelationAL.Cli;

/// <summary>What the user asked for cannot be done; the message says in one line what to change.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Does what rests on the user's input alone: what fails there is the input's fault.</summary>
    public static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is ArgumentException or PyRelationALException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(UserMessage.Of(e), e);
        }
    }

    /// <summary>Does what may find only at run time that arguments do not fit; a failure to read or write is the caller's to explain.</summary>
    public static T GuardArguments<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is ArgumentException or PyRelationALException)
        {
            throw new UsageException(UserMessage.Of(e), e);
        }
    }
}
