using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PyRelationAL.NetworkBenchmarks;

/// <summary>scikit-learn's networks on the same splits: writes the rows to a folder, and runs benchmarks/peers/networks_sklearn.py on it.</summary>
internal static class PeerRun
{
    /// <returns>The scores of each task, a dictionary for each seed.</returns>
    public static Dictionary<string, Dictionary<string, double>[]> Run(IReadOnlyList<NetworkTask> tasks)
    {
        string folder = Directory.CreateTempSubdirectory("networks").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "tasks.json"), JsonSerializer.Serialize(tasks.Select((task, i) => Export(task, i, folder))));
            string script = Path.Combine(Root(), "benchmarks", "peers", "networks_sklearn.py");
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("PYTHON") ?? "python3", [script, folder]) { RedirectStandardOutput = true };
            using Process python = Process.Start(start)!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>[]>>(output)!
                : throw new InvalidOperationException($"{script} ended with exit code {python.ExitCode}.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static object Export(NetworkTask task, int number, string folder)
    {
        // Only rows that are used: MNIST has many more.
        int[] rows = [.. task.Splits.SelectMany(s => s.Train.Concat(s.Test)).Distinct().Order()];
        DatasetView used = task.Data.SelectRows(rows);
        bool classifies = task.Data.Task.Kind == TaskKinds.Classification;
        double[] targets = classifies ? [.. used.ClassLabels().Select(c => (double)c)] : used.Values();
        File.WriteAllBytes(Path.Combine(folder, $"{number}.x"), MemoryMarshal.AsBytes(used.Features.Values).ToArray());
        File.WriteAllBytes(Path.Combine(folder, $"{number}.y"), MemoryMarshal.AsBytes<double>(targets).ToArray());
        Dictionary<int, int> positions = rows.Select((row, i) => (row, i)).ToDictionary(r => r.row, r => r.i);
        return new
        {
            name = task.Name,
            classifies,
            features = used.Features.ColumnCount,
            standardise = task.Standardise,
            hidden = task.HiddenWidth,
            batch = task.BatchSize,
            epochs = task.Epochs,
            rate = NetworkTask.LearningRate,
            splits = task.Splits.Select(s => new { train = s.Train.Select(r => positions[r]), test = s.Test.Select(r => positions[r]) }),
        };
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The program must lie in the repository.");
    }
}
