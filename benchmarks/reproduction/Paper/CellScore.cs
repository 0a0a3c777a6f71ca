namespace PyRelationAL.Reproduction.Paper;

/// <summary>Mean and standard deviation over folds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The population's standard deviation (divisor n), as NumPy has it by default and the paper uses it.</param>
internal sealed record CellScore(double Mean, double Deviation)
{
    /// <summary>The score of some values.</summary>
    public static CellScore Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return new CellScore(mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }
}
