namespace PyRelationAL.Experiments;

/// <summary>Why a run failed.</summary>
/// <param name="Type">The exception's type, with its namespace.</param>
/// <param name="Message">Its message.</param>
/// <param name="Details">The exception with its causes and stack traces.</param>
public sealed record RunError(string Type, string Message, string? Details)
{
    internal static RunError Of(Exception exception) => new(exception.GetType().FullName!, exception.Message, exception.ToString());
}
