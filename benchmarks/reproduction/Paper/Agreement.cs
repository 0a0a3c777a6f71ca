namespace PyRelationAL.Reproduction.Paper;

/// <summary>How a number of ours compares with the published one.</summary>
internal enum Agreement
{
    /// <summary>There is none of ours.</summary>
    Missing = 0,

    /// <summary>Mean and deviation are the published ones to within two units of the last of four decimals, or a millionth of the mean.</summary>
    Equal,

    /// <summary>The means differ by no more than either standard deviation.</summary>
    Within,

    /// <summary>They differ by more.</summary>
    Different,
}
