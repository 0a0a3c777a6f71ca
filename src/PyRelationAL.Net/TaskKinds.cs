namespace PyRelationAL;

/// <summary>Kinds of learning task. As a set it says which tasks a strategy or a score is defined for.</summary>
[Flags]
public enum TaskKinds
{
    /// <summary>No task.</summary>
    None = 0,

    /// <summary>One class out of C for each item.</summary>
    Classification = 1,

    /// <summary>One real number for each item.</summary>
    Regression = 2,

    /// <summary>Any subset of C classes for each item.</summary>
    MultiLabel = 4,

    /// <summary>Every kind of task.</summary>
    Any = Classification | Regression | MultiLabel,
}
