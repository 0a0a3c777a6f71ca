// How well the built-in networks learn and how well they know what they do not know; the tables of README.md.
//   dotnet run --project benchmarks/networks -c Release [accuracy|calibration]

using System.Globalization;
using PyRelationAL;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.NetworkBenchmarks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

string part = args.FirstOrDefault() ?? "all";
NetworkTask[] images = [NetworkTasks.DigitsTask(), NetworkTasks.Mnist()];
if (part is "all" or "accuracy")
{
    Accuracy([.. images, .. NetworkTasks.Regressions()]);
}

if (part is "all" or "calibration")
{
    Calibration(images);
}

static void Accuracy(NetworkTask[] tasks)
{
    Dictionary<string, Dictionary<string, double>[]> theirs = PeerRun.Run(tasks);
    Console.WriteLine("| Data | network | epochs, batch | metric | here | scikit-learn |");
    Console.WriteLine("|---|---|---|---|---:|---:|");
    foreach (NetworkTask task in tasks)
    {
        bool classifies = task.Data.Task.Kind == TaskKinds.Classification;
        Dictionary<string, double>[] ours =
        [
            .. ForEachSeed(task, (train, test, seed) =>
            {
                IModelManager model = classifies ? new NeuralNetworkClassifier(task.Options) : new NeuralNetworkRegressor(task.Options);
                model.Train(train, null, new RandomStream(seed));
                return new Dictionary<string, double>(model.Evaluate(test));
            }),
        ];
        string network = $"{task.Data.Features.ColumnCount}-{task.HiddenWidth}-{(classifies ? task.Data.Task.ClassCount : 1)}";
        foreach (string metric in classifies ? new[] { MetricNames.Accuracy, MetricNames.LogLoss } : [MetricNames.RootMeanSquaredError])
        {
            Console.WriteLine(
                $"| {task.Name} | {network} | {task.Epochs}, {task.BatchSize} | {metric} | "
                + $"{Spread(ours.Select(m => m[metric]))} | {Spread(theirs[task.Name].Select(m => m[metric]))} |");
        }
    }

    Console.WriteLine();
}

static void Calibration(NetworkTask[] tasks)
{
    Console.WriteLine("| Data | model | accuracy | negative log likelihood | expected calibration error |");
    Console.WriteLine("|---|---|---:|---:|---:|");
    foreach (NetworkTask task in tasks)
    {
        (string Name, Func<IClassProbabilityPredictor> Create)[] models =
        [
            ("one network", () => new NeuralNetworkClassifier(task.Options)),
            ("ensemble of 5", () => new NeuralNetworkEnsembleClassifier(new() { Network = task.Options, MemberCount = 5 })),
            ("MC dropout 0.2, 20 masks", () => new MCDropoutClassifier(new() { Network = task.Options with { Dropout = 0.2 } })),
            ("last-layer Laplace", () => new LaplaceNetworkClassifier(new() { Network = task.Options })),
        ];
        foreach ((string name, Func<IClassProbabilityPredictor> create) in models)
        {
            (double Accuracy, double Loss, double Error)[] scores =
            [
                .. ForEachSeed(task, (train, test, seed) =>
                {
                    IClassProbabilityPredictor model = create();
                    ((IModelManager)model).Train(train, null, new RandomStream(seed));
                    ClassProbabilities p = model.PredictProbabilities(test);
                    int[] classes = test.ClassLabels();
                    IReadOnlyDictionary<string, double> metrics = ClassificationMetrics.Compute(p, classes);
                    return (metrics[MetricNames.Accuracy], metrics[MetricNames.LogLoss], ClassificationMetrics.ExpectedCalibrationError(p, classes));
                }),
            ];
            Console.WriteLine(
                $"| {task.Name} | {name} | {Spread(scores.Select(s => s.Accuracy))} | {Spread(scores.Select(s => s.Loss))} | "
                + $"{Spread(scores.Select(s => s.Error))} |");
        }
    }
}

static IEnumerable<T> ForEachSeed<T>(NetworkTask task, Func<DatasetView, DatasetView, int, T> run) =>
    task.Splits.Select((split, seed) => run(task.Data.SelectRows(split.Train), task.Data.SelectRows(split.Test), seed));

static string Spread(IEnumerable<double> values)
{
    double[] all = [.. values];
    double mean = all.Average(), deviation = Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1));
    string format = mean < 2 ? "F4" : "F2";
    return string.Create(
        CultureInfo.InvariantCulture, $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}");
}
