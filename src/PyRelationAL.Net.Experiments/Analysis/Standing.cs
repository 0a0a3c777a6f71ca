namespace PyRelationAL.Experiments;

/// <summary>How a strategy compares with the best one of its group.</summary>
public enum Standing
{
    /// <summary>Its mean IPAUC is worse, and more than chance would explain at the 95 % level.</summary>
    Worse = 0,

    /// <summary>Its mean IPAUC is worse, but the 95 % interval of the paired differences from the best contains 0.</summary>
    TiedWithBest,

    /// <summary>Its mean IPAUC is the best, alone or with others at exactly the same value.</summary>
    Best,

    /// <summary>It has no IPAUC, or too few runs in common with the best to tell.</summary>
    Unknown,
}
