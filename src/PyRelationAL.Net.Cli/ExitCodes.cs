namespace PyRelationAL.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Runs failed, or the tool itself did.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage or bad input: the user can change it.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl+C, as shells have it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
