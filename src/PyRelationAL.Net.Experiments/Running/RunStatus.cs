namespace PyRelationAL.Experiments;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>It went to its end.</summary>
    Succeeded = 0,

    /// <summary>It ended with an exception; it has no metrics.</summary>
    Failed,
}
