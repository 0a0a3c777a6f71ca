using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>Turns one column into one feature, or into one for each of its values.</summary>
internal sealed class FeatureColumn(FrameColumn column, DataFrameOptions options)
{
    /// <summary>The features, each with one value for each row.</summary>
    public float[][] Read(bool categorical)
    {
        column.Readable("feature");
        for (int row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row))
            {
                throw column.Error("the value is missing. Fill it (DataFrame.FillNulls), or drop the row (DropNulls).", row);
            }
        }

        return categorical || column.IsText ? OneHot() : [Numbers()];
    }

    private float[] Numbers()
    {
        var values = new float[column.Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = column.Single(row);
            if (!float.IsFinite(values[row]))
            {
                throw column.Error(Guard.Text($"{column.Text(row)} is not a finite float32, which features must be."), row);
            }
        }

        return values;
    }

    private float[][] OneHot()
    {
        IEnumerable<int> rows = Enumerable.Range(0, column.Count);
        string[] categories = column.IsText
            ? [.. rows.Select(column.Text).Distinct().Order(StringComparer.Ordinal)]
            : [.. rows.DistinctBy(column.Number).OrderBy(column.Number).Select(column.Text)];
        if (categories.Length > options.MaxCategories)
        {
            throw new ArgumentException(
                Guard.Text($"Column '{column.Name}' has {categories.Length} different values, more than {options.MaxCategories}.")
                + " Leave it out (IgnoredColumns), or allow more (MaxCategories).",
                "frame");
        }

        var place = categories.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        float[][] features = [.. categories.Select(_ => new float[column.Count])];
        foreach (int row in rows)
        {
            features[place[column.Text(row)]][row] = 1;
        }

        return features;
    }
}
