using PyRelationAL.Experiments;
using Spectre.Console;
using static System.FormattableString;

namespace PyRelationAL.Cli.Bench;

/// <summary>Shows how far an experiment is: a bar with the time left where somebody watches, else a line after each quarter.</summary>
internal static class BenchProgress
{
    public static T Watch<T>(ToolConsole console, Func<IProgress<ExperimentProgress>?, T> run)
    {
        if (!console.IsErrorTerminal)
        {
            return run(new QuarterLines(console.Error));
        }

        return console.Messages().Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => run(new Bar(context.AddTask("runs", maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            string failed = value.FailedRuns > 0 ? Invariant($", [red]{value.FailedRuns} failed[/]") : string.Empty;
            task.Description = Invariant($"{value.FinishedRuns} of {value.TotalRuns} runs{failed}");
            // A run's last round is not its end: it counts as done when its result is handed over to be stored.
            task.MaxValue = value.TotalRounds + value.TotalRuns;
            task.Value = value.FinishedRounds + value.FinishedRuns;
        }
    }

    /// <summary>Begins anew with each further part of the runs.</summary>
    private sealed class QuarterLines(TextWriter output) : IProgress<ExperimentProgress>
    {
        private int _quarters;

        public void Report(ExperimentProgress value)
        {
            int quarters = (int)(4L * value.FinishedRuns / value.TotalRuns);
            _quarters = Math.Min(_quarters, quarters);
            if (quarters > _quarters)
            {
                _quarters = quarters;
                output.WriteLine(Invariant($"{25 * quarters} %: {value.FinishedRuns} of {value.TotalRuns} runs"));
            }
        }
    }
}
