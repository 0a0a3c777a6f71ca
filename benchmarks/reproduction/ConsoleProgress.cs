using System.Diagnostics;
using System.Globalization;
using PyRelationAL.Experiments;

namespace PyRelationAL.Reproduction;

/// <summary>A line on standard error every five seconds.</summary>
internal sealed class ConsoleProgress(string name, Stopwatch clock) : IProgress<ExperimentProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private TimeSpan _last;

    /// <inheritdoc/>
    public void Report(ExperimentProgress value)
    {
        if (clock.Elapsed - _last < Interval)
        {
            return;
        }

        _last = clock.Elapsed;
        double share = 100.0 * value.FinishedRounds / value.TotalRounds;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {value.FinishedRuns} of {value.TotalRuns} runs, {share:0.0} % of the rounds, {clock.Elapsed.TotalSeconds:0} s"));
    }
}
