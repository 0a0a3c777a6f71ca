namespace PyRelationAL.Reproduction.Paper;

/// <summary>Compares numbers of ours with published ones.</summary>
internal static class Comparison
{
    // Two units of the last published decimal, and room for the rounding of what was published.
    private const double TwoUnits = 2.5e-4;

    // The paper's predictions were rounded to single precision, so that large errors have fewer right digits than are printed.
    private const double SinglePrecision = 1e-6;

    /// <summary>How ours agrees with the paper's.</summary>
    public static Agreement Of(CellScore paper, CellScore? ours)
    {
        if (ours is null)
        {
            return Agreement.Missing;
        }

        double difference = Math.Abs(paper.Mean - ours.Mean);
        double equal = Math.Max(TwoUnits, SinglePrecision * Math.Abs(paper.Mean));
        return difference <= equal && Math.Abs(paper.Deviation - ours.Deviation) <= equal ? Agreement.Equal
            : difference <= Math.Min(paper.Deviation, ours.Deviation) ? Agreement.Within
            : Agreement.Different;
    }
}
