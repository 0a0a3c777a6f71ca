using PyRelationAL.Datasets;
using Spectre.Console;
using static System.FormattableString;

namespace PyRelationAL.Cli.Data;

/// <summary>Shows downloads: a bar for each file with the time left where somebody watches, else lines.</summary>
internal static class FetchProgress
{
    public static async Task WatchAsync(ToolConsole console, Func<IProgress<DownloadProgress>, Task> fetch)
    {
        if (!console.IsErrorTerminal)
        {
            await fetch(new Lines(console.Error)).ConfigureAwait(false);
            return;
        }

        await console.Messages().Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => fetch(new Bars(context))).ConfigureAwait(false);
    }

    private sealed class Bars(ProgressContext context) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<DatasetFile, ProgressTask> _tasks = [];

        public void Report(DownloadProgress value)
        {
            if (!_tasks.TryGetValue(value.File, out ProgressTask? task))
            {
                task = context.AddTask(Markup.Escape(value.File.Path), maxValue: value.TotalBytes ?? value.Bytes);
                task.IsIndeterminate = value.TotalBytes is null;
                _tasks.Add(value.File, task);
            }

            // A second address begins anew.
            task.MaxValue = value.TotalBytes ?? Math.Max(task.MaxValue, value.Bytes);
            task.Value = value.Bytes;
        }
    }

    private sealed class Lines(TextWriter output) : IProgress<DownloadProgress>
    {
        private const double Megabyte = 1e6;

        /// <summary>Smaller files come too fast for more than one line.</summary>
        private const long Large = 4_000_000;

        private DatasetFile? _file;
        private long _quarters;

        public void Report(DownloadProgress value)
        {
            if (_file != value.File)
            {
                (_file, _quarters) = (value.File, 0);
                output.WriteLine(value.TotalBytes is { } total ? Invariant($"{_file.Path}: {total / Megabyte:0.0#} MB") : _file.Path);
            }

            long quarters = value.TotalBytes is { } all and >= Large ? 4 * value.Bytes / all : 0;
            if (quarters > _quarters)
            {
                _quarters = quarters;
                output.WriteLine(Invariant($"{_file.Path}: {25 * quarters} %"));
            }
        }
    }
}
