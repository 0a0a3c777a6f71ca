namespace PyRelationAL.Distances;

/// <summary>
/// Ranks in float32 of many rows against fixed reference rows, panel by panel, which order the references nearly as their distances do, and bounds that tell
/// which references need no exact distance. Safe to use from several threads.
/// </summary>
internal interface IReferenceRanks
{
    /// <summary>The number of panels of <see cref="Numerics.SinglePanels.Width"/> references.</summary>
    int PanelCount { get; }

    /// <summary>Writes the ranks of the references of one panel.</summary>
    /// <param name="rows">Rows [count×D], row-major.</param>
    /// <param name="count">How many.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="ranks">Rows of <see cref="Numerics.SinglePanels.Width"/>; what is beyond the last reference is of no meaning.</param>
    void Write(ReadOnlySpan<float> rows, int count, int panel, Span<float> ranks);

    /// <summary>How far the ranks of a row may be from the true ones, or a share of them: what the limits below want to be told.</summary>
    /// <param name="squaredNorm">Σⱼ xⱼ² of the row.</param>
    double ErrorFor(double squaredNorm);

    /// <summary>The largest rank of a reference that may be as near as one of a known rank.</summary>
    float LimitOfRank(float rank, double squaredNorm, double error);

    /// <summary>The largest rank of a reference that may be as near as a known distance.</summary>
    float LimitOfDistance(double distance, double squaredNorm, double error);
}
