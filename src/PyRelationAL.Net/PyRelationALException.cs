namespace PyRelationAL;

/// <summary>The base of the exceptions that this library adds to the BCL's: what a user of it may want to catch.</summary>
public abstract class PyRelationALException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, where, and what is allowed.</param>
    /// <param name="innerException">What caused it.</param>
    protected PyRelationALException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
