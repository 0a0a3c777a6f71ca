namespace PyRelationAL.Models;

/// <summary>A model could not be trained or could not predict: numerical breakdown, data it cannot learn from.</summary>
public sealed class ModelTrainingException : PyRelationALException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong, and what to change.</param>
    /// <param name="innerException">What caused it.</param>
    public ModelTrainingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
