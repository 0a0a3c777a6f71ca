namespace PyRelationAL.Strategies;

/// <summary>A batch of <see cref="TwoSides"/>.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="Candidates">Where the candidates of the batch are.</param>
/// <param name="Labelled">Where the labelled items are.</param>
internal readonly record struct SidesBatch(StandardisedRows Rows, int[] Candidates, int[] Labelled)
{
    public int Count => Candidates.Length + Labelled.Length;

    /// <summary>Writes the candidates, and behind them the labelled items.</summary>
    public void Write(Span<double> values)
    {
        Rows.Write(Candidates, 0, values);
        Rows.Write(Labelled, 0, values[(Candidates.Length * Rows.Width)..]);
    }
}
