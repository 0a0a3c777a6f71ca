using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>Turns the target column into a task and labels.</summary>
internal sealed class TargetColumn(FrameColumn column, DataFrameOptions options)
{
    /// <summary>More different whole numbers than this are taken for a quantity.</summary>
    private const int MostGuessedClasses = 20;

    public (LearningTask Task, Label[] Labels) Read()
    {
        column.Readable("target");
        if (options.Task is not (null or TaskKinds.Classification or TaskKinds.Regression))
        {
            throw new ArgumentException($"Task is {options.Task}; a data frame is for Classification, Regression, or null to guess.", nameof(options));
        }

        int[] present = column.Present();
        if (present.Length < column.Count && !options.AllowMissingTargets)
        {
            int row = Enumerable.Range(0, column.Count).First(column.IsMissing);
            throw column.Error("the target is missing. Fill it in, or set AllowMissingTargets.", row);
        }

        if (present.Length == 0 && options.ClassNames is null && options.Task != TaskKinds.Regression)
        {
            throw new ArgumentException($"No row has a target in column '{column.Name}'; give ClassNames, or Task = Regression.", "frame");
        }

        return IsClassification(present) ? Classes(present) : Values(present);
    }

    private (LearningTask Task, Label[] Labels) Values(int[] present)
    {
        if (column.IsText)
        {
            throw new ArgumentException($"Column '{column.Name}' is text, and regression needs numbers.", "frame");
        }

        var labels = new Label[column.Count];
        foreach (int row in present)
        {
            double value = column.Number(row);
            labels[row] = double.IsFinite(value) ? Label.OfValue(value) : throw column.Error(Guard.Text($"the target {value} is not finite."), row);
        }

        return (LearningTask.Regression, labels);
    }

    private (LearningTask Task, Label[] Labels) Classes(int[] present)
    {
        string[] names = options.ClassNames is { } given ? [.. given]
            : column.IsText ? [.. present.Select(column.Text).Distinct().Order(StringComparer.Ordinal)]
            : [.. present.DistinctBy(column.Number).OrderBy(column.Number).Select(column.Text)];
        if (names.Length < 2)
        {
            throw new ArgumentException(
                $"Column '{column.Name}' has only one class, '{names.FirstOrDefault()}'; classification needs at least 2. Give all with ClassNames.", "frame");
        }

        var classes = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var labels = new Label[column.Count];
        foreach (int row in present)
        {
            labels[row] = classes.TryGetValue(column.Text(row), out int c)
                ? Label.OfClass(c)
                : throw column.Error($"'{column.Text(row)}' is not among the classes {string.Join(", ", names)}.", row);
        }

        return (LearningTask.Classification(names), labels);
    }

    private bool IsClassification(int[] present)
    {
        if (options.Task is { } task)
        {
            return task == TaskKinds.Classification;
        }

        if (options.ClassNames is not null || !column.IsNumeric)
        {
            return true;
        }

        double[] values = [.. present.Select(column.Number)];
        int distinct = values.Distinct().Count();
        return values.All(double.IsInteger) && distinct <= MostGuessedClasses && 2 * distinct <= values.Length;
    }
}
