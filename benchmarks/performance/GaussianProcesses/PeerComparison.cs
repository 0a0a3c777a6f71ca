using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PyRelationAL.Benchmarks.GaussianProcesses;

/// <summary>
/// The two runs of <see cref="PeerRun"/> here and in scikit-learn (benchmarks/peers/gaussian_process.py), in turn, with the same number of threads:
/// <c>peers FOLDER [threads] [repetitions]</c>.
/// </summary>
internal static class PeerComparison
{
    public static int Run(string[] args)
    {
        string folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "pyrelational-peers");
        int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        int repetitions = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
        PeerData.WriteWhereMissing(folder);
        Console.WriteLine("| Run | threads | scikit-learn | here | ratio | here, warm starts | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        var notes = new List<string>();
        foreach (string name in new[] { "classifier", "regressor" })
        {
            var run = new PeerRun(folder, name, threads);
            run.Repeat(warmStart: false);
            run.Repeat(warmStart: true);
            var theirs = new List<double>();
            var cold = new List<double>();
            var warm = new List<double>();
            JsonElement peer = default;
            PeerRun.Outcome ours = default, ourWarm = default;
            for (int i = 0; i < repetitions; i++)
            {
                peer = Peer(name, folder, threads);
                theirs.Add(peer.GetProperty("seconds").GetDouble());
                ours = run.Repeat(warmStart: false);
                cold.Add(ours.Seconds);
                ourWarm = run.Repeat(warmStart: true);
                warm.Add(ourWarm.Seconds);
            }

            double reference = Median(theirs);
            Console.WriteLine(
                $"| {name} | {threads} | {Text(reference)} s | {Text(Median(cold))} s | {Text(reference / Median(cold))} "
                + $"| {Text(Median(warm))} s | {Text(reference / Median(warm))} |");
            int[] labelled = [.. peer.GetProperty("labelled").EnumerateArray().Select(e => e.GetInt32())];
            notes.Add(
                $"{name}: {peer.GetProperty("versions")}; "
                + $"final score {peer.GetProperty("score")} there, {Text(ours.Score)} here, {Text(ourWarm.Score)} with warm starts; "
                + $"{ours.Evaluations} likelihoods, {ourWarm.Evaluations} with warm starts; "
                + $"the first {labelled.Zip(ours.Labelled).TakeWhile(p => p.First == p.Second).Count()} labelled rows are the same.");
        }

        notes.ForEach(Console.WriteLine);
        return 0;
    }

    private static JsonElement Peer(string name, string folder, int threads)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3", [Script(), name, folder])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException("gaussian_process.py failed; it needs numpy and scikit-learn.");
    }

    private static string Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "benchmarks", "peers", "gaussian_process.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new FileNotFoundException("benchmarks/peers/gaussian_process.py is not above the program's folder.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
