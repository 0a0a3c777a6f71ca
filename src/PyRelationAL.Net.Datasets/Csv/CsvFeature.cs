using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Turns one column of a table into one feature, or into one for each of its values.</summary>
internal sealed class CsvFeature(CsvTable table, int column, MissingTokens missing, CsvOptions options)
{
    /// <summary>The features, each with one value for each row.</summary>
    public float[][] Read(bool categorical)
    {
        int[] present = [.. Enumerable.Range(0, table.Rows.Count).Where(row => !missing.Contains(Text(row)))];
        if (present.Length < table.Rows.Count && options.Missing == MissingValues.Refuse)
        {
            int row = Enumerable.Range(0, table.Rows.Count).First(r => missing.Contains(Text(r)));
            throw table.Error("the value is missing. Fill it in, or choose how to impute missing values (Missing).", row, column);
        }

        if (present.Length == 0)
        {
            throw new DatasetFormatException("the column has no value at all; leave it out (IgnoredColumns).", table.File, null, table.Columns[column]);
        }

        if (!categorical && present.Any(row => CsvNumber.TryParse(Text(row), out _)))
        {
            return [Numbers(present)];
        }

        // One feature for each number would be nonsense that nobody sees.
        int comma = categorical ? -1 : Array.FindIndex(present, row => CsvNumber.HasDecimalComma(Text(row)));
        return comma < 0
            ? OneHot(present)
            : throw table.Error(
                $"'{Text(present[comma])}' has a decimal comma. Write decimals with a point, or list the column in CategoricalColumns.",
                present[comma],
                column);
    }

    private string Text(int row) => table.Rows[row][column];

    private float[][] OneHot(int[] present)
    {
        string[] categories = [.. present.Select(Text).Distinct().Order(StringComparer.Ordinal)];
        if (categories.Length > options.MaxCategories)
        {
            throw new DatasetFormatException(
                Invariant($"the column has {categories.Length} different texts, more than {options.MaxCategories}.")
                    + " Leave it out (IgnoredColumns), or allow more (MaxCategories).",
                table.File, null, table.Columns[column]);
        }

        // Ordinal order of the categories breaks ties: MaxBy takes the first.
        ILookup<string, int> rows = present.ToLookup(Text);
        string mostFrequent = categories.MaxBy(category => rows[category].Count())!;
        var place = categories.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        float[][] features = [.. categories.Select(_ => new float[table.Rows.Count])];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string text = Text(row);
            features[place[missing.Contains(text) ? mostFrequent : text]][row] = 1;
        }

        return features;
    }

    private float[] Numbers(int[] present)
    {
        var values = new float[table.Rows.Count];
        foreach (int row in present)
        {
            values[row] = Number(row);
        }

        if (present.Length < values.Length)
        {
            float substitute = Substitute([.. present.Select(row => values[row])]);
            foreach (int row in Enumerable.Range(0, values.Length).Except(present))
            {
                values[row] = substitute;
            }
        }

        return values;
    }

    private float Number(int row)
    {
        string text = Text(row);
        if (!CsvNumber.TryParse(text, out _))
        {
            throw table.Error(
                $"'{text}' is not a number, and other values of the column are. Write decimals with a point, or list the column in CategoricalColumns.",
                row,
                column);
        }

        float value = CsvNumber.ParseSingle(text);
        return float.IsFinite(value)
            ? value
            : throw table.Error(Invariant($"'{text}' is not a finite number between {float.MinValue:G4} and {float.MaxValue:G4}."), row, column);
    }

    private float Substitute(float[] values)
    {
        Array.Sort(values);
        return options.Missing switch
        {
            MissingValues.ImputeMean => (float)values.Average(v => (double)v),
            MissingValues.ImputeMedian => (float)(((double)values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2),
            _ => values.GroupBy(v => v).MaxBy(group => group.Count())!.Key,
        };
    }
}
