using System.Diagnostics;
using System.Globalization;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Benchmarks;

/// <summary>
/// What carrying out an experiment costs beside models and strategies, and what a second thread gives: the same runs on one thread and on two, in turn, with
/// all that belongs to it (data, folds, labels, storing to the disk). <c>runner [repetitions]</c>.
/// </summary>
internal static class RunnerTimings
{
    private static readonly (string Name, ExperimentPlan Plan)[] Plans =
    [
        ("Gaussian processes", new ExperimentPlan
        {
            Datasets = [DatasetCatalogue.Find("BreastCancer"), DatasetCatalogue.Find("Diabetes")],
            Strategies = [StrategyCatalogue.Find("LeastConfidence"), StrategyCatalogue.Find("VarianceReduction"), StrategyCatalogue.Find("Random")],
            Rounds = 60,
        }),
        ("logistic regression", new ExperimentPlan
        {
            Datasets = [DatasetCatalogue.Find("Digits")],
            Strategies = [StrategyCatalogue.Find("Margin"), StrategyCatalogue.Find("Random")],
            Model = ModelCatalogue.Find("LogisticRegression"),
            Rounds = 60,
        }),
    ];

    public static int Run(string[] args)
    {
        int repetitions = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine(
            "| runs of | one thread, s | two threads, s | efficiency | of plain loops | a run, s | in runs, one thread | storing, one thread "
            + "| in runs, two threads |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((string name, ExperimentPlan plan) in Plans)
        {
            PreparedExperiment experiment = plan.Prepare();
            // For the compiler.
            Measure(experiment, 2);
            Sample[] samples = [.. Enumerable.Range(0, repetitions).Select(_ => new Sample(Measure(experiment, 1), Measure(experiment, 2), PlainLoops()))];
            double Median(Func<Sample, double> part) => samples.Select(part).Order().ElementAt(repetitions / 2);
            string[] cells =
            [
                name,
                Text($"{Median(s => s.One.Seconds):F2}"),
                Text($"{Median(s => s.Two.Seconds):F2}"),
                Text($"{Median(s => s.One.Seconds / s.Two.Seconds / 2):P0}"),
                Text($"{Median(s => s.PlainLoops):P0}"),
                Text($"{Median(s => s.One.Seconds) / experiment.Runs.Count:F3}"),
                Text($"{Median(s => s.One.InRuns):P2}"),
                Text($"{Median(s => s.One.Storing):P2}"),
                Text($"{Median(s => s.Two.InRuns):P2}"),
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        return 0;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Measurement Measure(PreparedExperiment experiment, int threads)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        var clock = Stopwatch.StartNew();
        ExperimentResults results = ExperimentRunner.Run(
            experiment, new ExperimentFolder(folder), new ExperimentOptions { MaxDegreeOfParallelism = threads });
        double seconds = clock.Elapsed.TotalSeconds;
        Directory.Delete(folder, recursive: true);
        double inside = results.Runs.Sum(run => run.Timings!.Train + run.Timings.Evaluate + run.Timings.Suggest);
        double runs = results.Runs.Sum(run => run.Timings!.Total);
        // On two threads the wait for the last run would count as storing.
        return new Measurement(seconds, 1 - (inside / runs), (seconds - runs) / seconds);
    }

    /// <summary>The efficiency of loops that share nothing: what the machine has to give at this moment.</summary>
    private static double PlainLoops()
    {
        double one = Time(() => Spin(0)), two = Time(() => Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, Spin));
        return one / two;

        static double Time(Action action)
        {
            var clock = Stopwatch.StartNew();
            action();
            return clock.Elapsed.TotalSeconds;
        }

        static void Spin(int seed)
        {
            var random = new RandomStream(seed);
            ulong sum = 0;
            for (int i = 0; i < 200_000_000; i++)
            {
                sum ^= random.NextUInt64();
            }

            GC.KeepAlive(sum);
        }
    }

    /// <summary>Wall clock; the share of the runs' time in which no model and no strategy worked; the share of the wall clock in which no run did.</summary>
    private sealed record Measurement(double Seconds, double InRuns, double Storing);

    private sealed record Sample(Measurement One, Measurement Two, double PlainLoops);
}
