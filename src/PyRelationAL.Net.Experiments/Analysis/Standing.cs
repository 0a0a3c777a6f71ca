namespace PyRelationAL.Experiments;

/// <summary>
/// How a strategy compares with the best one of its group: by the paired t-test of their IPAUC on the same folds and seeds, with Holm's correction for all
/// pairs of strategies of the group (<see cref="HolmCorrection"/>), since who is the best is seen from the same runs.
/// </summary>
/// <remarks>
/// In a group whose strategies are all equally good the chance that any is called worse is at most 5 %, as far as runs are independent and about normal. Folds
/// share most of their training items, so they are not quite independent; several seeds help less than they seem to.
/// </remarks>
public enum Standing
{
    /// <summary>Its mean IPAUC is worse, and more than chance would explain: the corrected p-value is at most 0.05.</summary>
    Worse = 0,

    /// <summary>Its mean IPAUC is worse, but it is not told apart from the best: the corrected p-value is above 0.05.</summary>
    TiedWithBest,

    /// <summary>Its mean IPAUC is the best, alone or with others at exactly the same value.</summary>
    Best,

    /// <summary>It has no IPAUC, or too few runs in common with the best to tell.</summary>
    Unknown,
}
