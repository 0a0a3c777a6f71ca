namespace PyRelationAL.Oracles;

/// <summary>An oracle could not label, or answered in a way that does not fit. The data manager is left as it was.</summary>
public sealed class OracleException : PyRelationALException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public OracleException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
