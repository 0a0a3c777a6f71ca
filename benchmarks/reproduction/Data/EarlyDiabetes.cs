using PyRelationAL.Datasets;

namespace PyRelationAL.Reproduction.Data;

/// <summary>
/// Diabetes as scikit-learn had it before version 1.1, and so as the paper had it: blood pressures are whole numbers and thirds, and the fifth serum
/// measurement is the logarithm of a whole number. Later versions round these to two and four decimals before they scale them.
/// </summary>
internal static class EarlyDiabetes
{
    private const int PressureColumn = 3, LogarithmColumn = 8, Decimals = 4;

    /// <summary>The dataset: each feature centred and divided by the root of its sum of squares.</summary>
    public static InMemoryDataset Load()
    {
        InMemoryDataset raw = Diabetes.Load();
        int rows = raw.Count, width = raw.FeatureCount;
        var scaled = new float[rows * width];
        for (int j = 0; j < width; j++)
        {
            // The published decimals, which single precision holds too few digits of.
            double[] column = [.. Enumerable.Range(0, rows).Select(i => Math.Round(raw.Features.Row(i)[j], Decimals))];
            column = j switch
            {
                PressureColumn => Array.ConvertAll(column, x => Math.Round(3 * x) / 3),
                LogarithmColumn => Array.ConvertAll(column, x => Math.Log(Math.Round(Math.Exp(x)))),
                _ => column,
            };

            double mean = column.Average();
            double norm = Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)));
            for (int i = 0; i < rows; i++)
            {
                scaled[(i * width) + j] = (float)((column[i] - mean) / norm);
            }
        }

        return InMemoryDataset.ForRegression(
            raw.Name, new FeatureMatrix(scaled, rows, width), [.. Enumerable.Range(0, rows).Select(i => raw.GetLabel(i).Value)]);
    }
}
