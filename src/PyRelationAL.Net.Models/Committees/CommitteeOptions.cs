namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="ClassifierCommittee"/> and <see cref="RegressorCommittee"/>.</summary>
public sealed record CommitteeOptions
{
    /// <summary>The number of members S; at least 1.</summary>
    /// <value>10</value>
    public int MemberCount { get; init; } = 10;

    /// <summary>The most members to train or to ask at once; −1 for all cores. Results do not depend on it.</summary>
    /// <value>−1</value>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
