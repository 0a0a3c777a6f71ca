using System.CommandLine;
using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>A file of row numbers from 0, or of labels: one column, or one of several that has a name.</summary>
internal static class IndexFile
{
    private const string IndexColumn = "index";

    /// <summary>The row numbers that an option's file holds, in its order; null where the option is not given.</summary>
    public static int[]? Read(ParseResult parsed, Option<string?> option, int rows)
    {
        if (ReadColumn(parsed, option, IndexColumn) is not (double[] values, NumberArray file))
        {
            return null;
        }

        var seen = new HashSet<int>(values.Length);
        var indices = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] < rows) || values[i] != Math.Floor(values[i]))
            {
                throw file.Error(Invariant($"row {i}: {values[i]} is not one of the {rows} rows, which are counted from 0 to {rows - 1}."));
            }

            indices[i] = (int)values[i];
            if (!seen.Add(indices[i]))
            {
                throw file.Error(Invariant($"row {i}: {values[i]} stands there a second time."));
            }
        }

        return indices;
    }

    /// <summary>The labels that an option's file holds; null where the option is not given.</summary>
    public static (double[] Values, NumberArray File)? ReadLabels(ParseResult parsed, Option<string?> option)
    {
        if (ReadColumn(parsed, option, "label") is not (double[] values, NumberArray file))
        {
            return null;
        }

        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        return wrong < 0 ? (values, file) : throw file.NotFinite(values[wrong], wrong, 0);
    }

    private static (double[] Values, NumberArray File)? ReadColumn(ParseResult parsed, Option<string?> option, string column)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        NumberArray file = NumberFile.ReadAll(path, option.Name.TrimStart('-'));
        int width = file.Shape.Count == 2 ? file.Shape[1] : 1;
        int named = Array.FindIndex(file.Names ?? [], name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        if (file.Shape.Count > 2 || (width != 1 && named < 0))
        {
            throw file.Error($"the array is [{string.Join('×', file.Shape)}]; one column is needed, or one named '{column}'.");
        }

        return width == 1 ? (file.Values, file) : ([.. file.Values.Where((_, i) => i % width == named)], file);
    }
}
