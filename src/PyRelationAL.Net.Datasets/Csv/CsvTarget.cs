using System.Globalization;
using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Turns the target column of a table into a task and labels.</summary>
internal sealed class CsvTarget(CsvTable table, int column, MissingTokens missing, CsvOptions options)
{
    /// <summary>More different whole numbers than this are taken for a quantity.</summary>
    private const int MostGuessedClasses = 20;

    public (LearningTask Task, Label[] Labels) Read()
    {
        int[] present = [.. Enumerable.Range(0, table.Rows.Count).Where(row => !missing.Contains(Text(row)))];
        if (present.Length < table.Rows.Count && !options.AllowMissingTargets)
        {
            int row = Enumerable.Range(0, table.Rows.Count).First(r => missing.Contains(Text(r)));
            throw table.Error("the target is missing. Fill it in, or set AllowMissingTargets.", row, column);
        }

        if (present.Length == 0 && options.ClassNames is null && options.Task != TaskKinds.Regression)
        {
            throw new DatasetFormatException("no row has a target; give ClassNames, or Task = Regression.", table.File, null, table.Columns[column]);
        }

        var labels = new Label[table.Rows.Count];
        if (!IsClassification(present))
        {
            foreach (int row in present)
            {
                labels[row] = Label.OfValue(Number(row));
            }

            return (LearningTask.Regression, labels);
        }

        (string[] names, Func<int, string> nameOf) = Classes(present);
        var classes = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        foreach (int row in present)
        {
            labels[row] = classes.TryGetValue(nameOf(row), out int c)
                ? Label.OfClass(c)
                : throw table.Error(
                    $"'{Text(row)}' is not among the classes {string.Join(", ", names)}.{NearestName.Suggestion(Text(row), names)}", row, column);
        }

        return (LearningTask.Classification(names), labels);
    }

    private string Text(int row) => table.Rows[row][column];

    private bool IsClassification(int[] present)
    {
        if (options.Task is { } task)
        {
            return task == TaskKinds.Classification;
        }

        if (options.ClassNames is not null)
        {
            return true;
        }

        int[] text = [.. present.Where(row => !CsvNumber.TryParse(Text(row), out _))];
        if (text.Length == present.Length)
        {
            int comma = Array.FindIndex(present, row => CsvNumber.HasDecimalComma(Text(row)));
            return comma < 0
                ? true
                : throw table.Error(
                    $"'{Text(present[comma])}' has a decimal comma. Write decimals with a point, or set Task = Classification if these are classes.",
                    present[comma],
                    column);
        }

        if (text.Length > 0)
        {
            throw table.Error(
                $"'{Text(text[0])}' is not a number, and other targets are. Set Task = Classification if these are classes, or correct the value.",
                text[0],
                column);
        }

        double[] values = [.. present.Select(Number)];
        int distinct = values.Distinct().Count();
        return values.All(double.IsInteger) && distinct <= MostGuessedClasses && 2 * distinct <= values.Length;
    }

    /// <summary>The classes' names in order, and the name of each row's class.</summary>
    private (string[] Names, Func<int, string> NameOf) Classes(int[] present)
    {
        // Numbers are told apart and ordered by value, so that 1 and 1.0 are one class and 10 comes after 9.
        bool byValue = options.ClassNames is null && present.All(row => CsvNumber.TryParse(Text(row), out _));
        Func<int, string> nameOf = byValue ? row => Number(row).ToString("R", CultureInfo.InvariantCulture) : Text;
        string[] names =
            options.ClassNames is not null ? [.. options.ClassNames]
            : byValue ? [.. present.DistinctBy(Number).OrderBy(Number).Select(nameOf)]
            : [.. present.Select(Text).Distinct().Order(StringComparer.Ordinal)];
        return names.Length >= 2
            ? (names, nameOf)
            : throw new DatasetFormatException(
                Invariant($"there is only one class, '{names.FirstOrDefault()}'; classification needs at least 2."), table.File, null, table.Columns[column]);
    }

    private double Number(int row)
    {
        bool isNumber = CsvNumber.TryParse(Text(row), out double value);
        return isNumber && double.IsFinite(value)
            ? value
            : throw table.Error($"the target '{Text(row)}' is not a finite number, which regression needs. Write decimals with a point.", row, column);
    }
}
