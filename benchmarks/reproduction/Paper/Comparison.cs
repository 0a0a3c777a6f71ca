namespace PyRelationAL.Reproduction.Paper;

/// <summary>Compares numbers of ours with published ones.</summary>
internal static class Comparison
{
    // Two units of the last published decimal, and room for the rounding of what was published.
    private const double TwoUnits = 2.5e-4;

    /// <summary>How ours agrees with the paper's.</summary>
    public static Agreement Of(CellScore paper, CellScore? ours)
    {
        if (ours is null)
        {
            return Agreement.Missing;
        }

        double difference = Math.Abs(paper.Mean - ours.Mean);
        return difference <= TwoUnits && Math.Abs(paper.Deviation - ours.Deviation) <= TwoUnits ? Agreement.Equal
            : difference <= Math.Min(paper.Deviation, ours.Deviation) ? Agreement.Within
            : Agreement.Different;
    }
}
