namespace PyRelationAL.Reproduction.Paper;

/// <summary>A cell of the paper's tables 5 to 8: IPAUC over five folds.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Task">Classification (balanced accuracy) or regression (mean square error).</param>
/// <param name="Key">Which cell of its table.</param>
/// <param name="Score">The published numbers.</param>
internal sealed record PaperCell(int Table, TaskKinds Task, CellKey Key, CellScore Score);
