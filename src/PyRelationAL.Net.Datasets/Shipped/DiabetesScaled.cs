namespace PyRelationAL.Datasets;

/// <summary>
/// <see cref="Diabetes"/> with each feature centred and divided by its standard deviation (population) times √442, so that the squares of each column
/// sum to 1: what scikit-learn gives by default and what PyRelationAL uses. The target is unscaled.
/// </summary>
/// <remarks>Centre and scale come from all rows, test rows included. That is how the published results were made; it is a (small) leak.</remarks>
public static class DiabetesScaled
{
    internal const string SharedLicence = "CC BY 4.0 as listed by PyRelationAL; distributed by scikit-learn under BSD-3-Clause";

    internal const string SharedCitation = "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani (2004). Least angle regression. Annals of Statistics 32(2).";

    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        new DatasetInfo
        {
            Name = nameof(DiabetesScaled),
            Task = LearningTask.Regression,
            Rows = 442,
            Features = 10,
            Licence = SharedLicence,
            Citation = SharedCitation,
            Origin = ShippedTable.DebianSklearn + ", scaled when loaded",
            Notes = "Scaled with the mean and deviation of all rows, as in scikit-learn.",
        },
        nameof(Diabetes),
        Scale);

    /// <summary>Loads the data. The first call parses and scales them; later calls share the features.</summary>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load() => (InMemoryDataset)Source.Load();

    private static InMemoryDataset Scale(DatasetInfo info, CsvTable table)
    {
        int rows = table.Rows.Count;
        int width = table.Columns.Length - 1;
        var scaled = new float[rows * width];
        for (int j = 0; j < width; j++)
        {
            // From the decimal text in double precision: scaling the float32 features would lose the last digits.
            double[] column = [.. table.Rows.Select(row => ShippedTable.Number(row[j]))];
            double mean = column.Average();
            double norm = Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)));
            for (int i = 0; i < rows; i++)
            {
                scaled[(i * width) + j] = (float)((column[i] - mean) / norm);
            }
        }

        return InMemoryDataset.ForRegression(
            info.Name, new FeatureMatrix(scaled, rows, width), [.. table.Rows.Select(row => ShippedTable.Number(row[^1]))]);
    }
}
