using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Which columns of a table are features, which one is the target, and what its values mean.</summary>
/// <param name="FeatureColumns">The features, in their order.</param>
/// <param name="TargetColumn">The target.</param>
/// <param name="ClassValues">The values that mean class 0, 1, ...; null for regression.</param>
internal sealed record TableLayout(IReadOnlyList<int> FeatureColumns, int TargetColumn, IReadOnlyList<double>? ClassValues = null)
{
    /// <summary>All columns but the last are features, the last one is the target.</summary>
    public static TableLayout TargetLast(int features, IReadOnlyList<double>? classValues = null, int firstFeature = 0) =>
        new([.. Enumerable.Range(firstFeature, features)], firstFeature + features, classValues);

    /// <summary>Takes some rows of a table, in the given order.</summary>
    /// <exception cref="DatasetFormatException">The table has too few columns, or a target is no class.</exception>
    public InMemoryDataset Build(DatasetInfo info, NumericTable table, IReadOnlyList<int> rows)
    {
        int columns = Math.Max(TargetColumn, FeatureColumns.Max()) + 1;
        if (table.Columns < columns)
        {
            throw new DatasetFormatException(Invariant($"there are {table.Columns} columns; {info.Name} needs {columns}."), table.File);
        }

        int width = FeatureColumns.Count;
        var features = new float[rows.Count * width];
        var labels = new Label[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < width; j++)
            {
                features[(i * width) + j] = (float)table[rows[i], FeatureColumns[j]];
            }

            labels[i] = LabelOf(table, rows[i]);
        }

        return Array.TrueForAll(features, float.IsFinite)
            ? new InMemoryDataset(info.Name, new FeatureMatrix(features, rows.Count, width), info.Task, labels)
            : throw new DatasetFormatException(Invariant($"a feature is outside of ±{float.MaxValue:G4}."), table.File);
    }

    private Label LabelOf(NumericTable table, int row)
    {
        double target = table[row, TargetColumn];
        if (ClassValues is null)
        {
            return Label.OfValue(target);
        }

        for (int c = 0; c < ClassValues.Count; c++)
        {
            if (ClassValues[c] == target)
            {
                return Label.OfClass(c);
            }
        }

        string known = string.Join(", ", ClassValues.Select(value => Invariant($"{value}")));
        throw new DatasetFormatException(Invariant($"row {row}: {target} is no class; the classes are {known}."), table.File);
    }
}
