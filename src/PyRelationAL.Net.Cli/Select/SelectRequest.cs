using System.CommandLine;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>What <c>select</c> is asked for: its files, checked as far as can be without reading every row.</summary>
internal sealed class SelectRequest : IDisposable
{
    private SelectRequest(InputFiles files, StrategyDescription description, IStrategy strategy, QueryRows rows)
    {
        Files = files;
        Description = description;
        Strategy = strategy;
        Rows = rows;
    }

    public InputFiles Files { get; }

    public StrategyDescription Description { get; }

    public IStrategy Strategy { get; }

    public QueryRows Rows { get; }

    /// <exception cref="PyRelationALException">A file cannot be read.</exception>
    /// <exception cref="UsageException">Something does not fit.</exception>
    public static SelectRequest Of(ParseResult parsed, SelectOptions options)
    {
        StrategyDescription description = StrategyCatalogue.Find(parsed.GetRequiredValue(options.Strategy)!);
        var files = new InputFiles(parsed, options);
        try
        {
            FileNeeds.VerifyTask(description, files);
            QueryRows rows = QueryRows.Of(parsed, options, files, IsRegression(description, files));
            int count = parsed.GetRequiredValue(options.Count)!.Value;
            if (count > rows.Pool.Length)
            {
                throw new UsageException(Invariant($"--count is {count}; there are {rows.Pool.Length} rows to select from."));
            }

            IStrategy strategy = description.Create(rows.Task);
            if (parsed.GetValue(options.Purest) is { } share)
            {
                strategy = Purest(strategy, share, rows);
            }

            FileNeeds.Verify(description, strategy, files, rows.Task, FileModel.Of(files, rows.Task));
            return new SelectRequest(files, description, strategy, rows);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose() => Files.Dispose();

    private static OpenSetFilterStrategy Purest(IStrategy strategy, double share, QueryRows rows)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new UsageException(Invariant($"--purest is {share}; it must be above 0 and at most 1."));
        }

        return rows.Labelled.Length + rows.OutOfDistribution.Length > 0
            ? new OpenSetFilterStrategy(strategy, share)
            : throw new UsageException("--purest compares rows with labelled ones; give --labelled.");
    }

    private static bool IsRegression(StrategyDescription description, InputFiles files) =>
        files.OfValues.Any() || (!files.OfClasses.Any() && !description.Tasks.HasFlag(TaskKinds.Classification));
}
