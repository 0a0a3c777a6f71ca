namespace PyRelationAL.Reproduction.Paper;

/// <summary>What names a cell: it is the same in the paper and in both parts.</summary>
/// <param name="Start"><c>cold</c> or <c>warm</c>.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Strategy">The strategy.</param>
internal sealed record CellKey(string Start, string Dataset, string Strategy);
