using System.CommandLine;
using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>Which rows are labelled, with what, and which there are to select from.</summary>
/// <param name="Task">What is to be learned.</param>
/// <param name="Pool">The rows to select from, ascending.</param>
/// <param name="Labelled">The labelled rows.</param>
/// <param name="OutOfDistribution">The rows that are known to be of none of the classes.</param>
/// <param name="Labels">The labels that are known.</param>
internal sealed record QueryRows(LearningTask Task, int[] Pool, int[] Labelled, int[] OutOfDistribution, IReadOnlyDictionary<int, Label> Labels)
{
    private const double OfNoClass = -1;

    public static QueryRows Of(ParseResult parsed, SelectOptions options, InputFiles files, bool isRegression)
    {
        int[]? labelled = IndexFile.Read(parsed, options.Labelled, files.Rows);
        int[] pool = PoolOf(parsed, options, files.Rows, labelled ?? []);
        (double[] Values, NumberArray File)? labels = IndexFile.ReadLabels(parsed, options.Labels);
        if (labels is { } given && given.Values.Length != labelled?.Length)
        {
            throw new UsageException(labelled is null
                ? "--labels are those of the rows in --labelled; give both."
                : Invariant($"{given.File.File} has {given.Values.Length} labels for the {labelled.Length} rows of --labelled."));
        }

        double[] values = labels?.Values ?? [];
        LearningTask task = isRegression ? LearningTask.Regression : LearningTask.Classification(ClassCount(files, values, labels?.File));
        Dictionary<int, Label> known = values.Select((value, i) => (Row: labelled![i], value)).ToDictionary(
            pair => pair.Row,
            pair => isRegression ? Label.OfValue(pair.value) : pair.value == OfNoClass ? Label.OutOfDistribution : Label.OfClass((int)pair.value));
        ILookup<bool, int> rows = (labelled ?? []).ToLookup(row => known.GetValueOrDefault(row).IsOutOfDistribution);
        return new QueryRows(task, pool, [.. rows[false]], [.. rows[true]], known);
    }

    private static int[] PoolOf(ParseResult parsed, SelectOptions options, int rows, int[] labelled)
    {
        int[]? pool = IndexFile.Read(parsed, options.Pool, rows);
        var isLabelled = new bool[rows];
        foreach (int row in labelled)
        {
            isLabelled[row] = true;
        }

        if (pool is not null)
        {
            Array.Sort(pool);
            return Array.FindIndex(pool, row => isLabelled[row]) is var both and >= 0
                ? throw new UsageException(Invariant($"Row {pool[both]} is in --pool and in --labelled."))
                : pool;
        }

        var rest = new int[rows - labelled.Length];
        for (int row = 0, at = 0; row < rows; row++)
        {
            if (!isLabelled[row])
            {
                rest[at++] = row;
            }
        }

        return rest;
    }

    private static int ClassCount(InputFiles files, double[] labels, NumberArray? file)
    {
        // Where nothing says how many classes there are, strategies that look at features alone do not ask.
        int most = files.OfClasses.FirstOrDefault()?.Columns ?? int.MaxValue;
        int wrong = Array.FindIndex(labels, label => !(label >= OfNoClass && label < most) || label != Math.Floor(label));
        if (wrong >= 0)
        {
            string classes = most == int.MaxValue ? "classes are whole numbers from 0" : Invariant($"the classes are 0 to {most - 1}");
            throw file!.Error(Invariant($"row {wrong}: {labels[wrong]} is no class; {classes}, and −1 is none of them."));
        }

        return most < int.MaxValue ? most : (int)Math.Max(0, labels.DefaultIfEmpty(1).Max()) + 1;
    }
}
