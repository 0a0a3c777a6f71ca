namespace PyRelationAL.ActiveLearning;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>The asked number of rounds is done.</summary>
    RoundsDone = 0,

    /// <summary>The budget of labels is spent.</summary>
    BudgetSpent,

    /// <summary>Every training item is labelled.</summary>
    PoolEmpty,

    /// <summary>The user's rule said so.</summary>
    RuleMet,

    /// <summary>The run was cancelled; what was labelled until then is kept.</summary>
    Cancelled,
}
