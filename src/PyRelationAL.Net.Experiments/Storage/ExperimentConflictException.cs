namespace PyRelationAL.Experiments;

/// <summary>
/// Results cannot be kept together: another process is writing in the folder, it holds results of other settings or other data, or results to be merged
/// contradict each other. Nothing has been changed.
/// </summary>
public sealed class ExperimentConflictException : PyRelationALException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit, and what can be done.</param>
    /// <param name="innerException">What caused it.</param>
    public ExperimentConflictException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
