using System.Diagnostics;
using System.Numerics;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks;

/// <summary>
/// What benchmarks/peers/networks.py asks for, one case a process: <c>networks CASE THREADS SEED [FOLDER]</c>. Prints "case name seconds quality" lines, or
/// GFLOP/s.
/// </summary>
internal static class NetworkTimings
{
    private const int TestedRows = 42;

    public static int Run(string[] arguments)
    {
        int threads = int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture);
        long seed = long.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture);
        switch (arguments[0])
        {
            case "ensemble":
                Print("ensemble-cold", TimeEnsemble(threads, seed));
                Print("ensemble", TimeEnsemble(threads, seed));
                return 0;
            case "images":
                Print("images", TimeImages(arguments[3], threads, seed));
                return 0;
            case "products":
                TimeProducts();
                return 0;
            case "peak":
                TimePeak();
                return 0;
            case "lanes":
                TimeLanes();
                return 0;
            default:
                Console.Error.WriteLine($"There is no case '{arguments[0]}'.");
                return 1;
        }
    }

    private static void Print(string name, (double Seconds, double Quality) result) =>
        Console.WriteLine(FormattableString.Invariant($"{name} {result.Seconds:R} {result.Quality:R}"));

    private static (double Seconds, double Quality) TimeEnsemble(int threads, long seed)
    {
        var options = new NeuralNetworkEnsembleOptions
        {
            Network = new NeuralNetworkOptions
            {
                HiddenWidths = [5],
                Activation = ActivationFunction.Elu,
                Dropout = 0.12,
                Optimiser = new AdamOptimiser { LearningRate = 3e-4 },
                BatchSize = 10,
                Epochs = 100,
            },
            MemberCount = 10,
            MaxDegreeOfParallelism = threads,
        };
        DatasetView data = DatasetView.All(Diabetes.Load()), test = data.Slice(data.Count - TestedRows, TestedRows);
        IModelManager model = new NeuralNetworkEnsembleRegressor(options);
        long begun = Stopwatch.GetTimestamp();
        for (int labels = 25; labels <= 400; labels += 25)
        {
            model.Train(data.Slice(0, labels), null, new RandomStream(seed + labels));
        }

        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, model.Evaluate(test)[MetricNames.RootMeanSquaredError]);
    }

    private static (double Seconds, double Quality) TimeImages(string folder, int threads, long seed)
    {
        var clock = new EpochClock();
        var options = new NeuralNetworkOptions
        {
            HiddenWidths = [256, 128],
            BatchSize = 128,
            Epochs = 7,
            Dropout = 0.1,
            Schedule = clock,
            StandardiseFeatures = false,
            MaxDegreeOfParallelism = threads,
        };
        IModelManager model = new NeuralNetworkClassifier(options);
        model.Train(IdxImages.Load(folder, "train", 10000), null, new RandomStream(seed));
        return (clock.MedianSeconds(), model.Evaluate(IdxImages.Load(folder, "t10k", 10000))[MetricNames.Accuracy]);
    }

    /// <summary>GFLOP per processor second of the products that a step on images makes, on one thread.</summary>
    private static void TimeProducts()
    {
        (int Rows, int Depth, int Columns, bool Transposed)[] shapes =
            [(128, 784, 256, false), (784, 128, 256, true), (128, 256, 128, false), (256, 128, 128, true), (128, 128, 256, false), (128, 128, 10, false)];
        foreach ((int rows, int depth, int columns, bool transposed) in shapes)
        {
            int stride = Lanes.Stride(columns);
            float[] a = new float[rows * depth], b = new float[depth * stride], c = new float[rows * stride];
            float[] panel = new float[MatrixProduct.PanelLength(depth)];
            Array.Fill(a, 1f);
            Array.Fill(b, 1f);
            int repeats = (int)(5e8 / (2.0 * rows * depth * columns));
            var seconds = new double[9];
            for (int i = 0; i < seconds.Length; i++)
            {
                seconds[i] = ProcessorSeconds(() =>
                {
                    for (int j = 0; j < repeats; j++)
                    {
                        MatrixProduct.Multiply(a, transposed ? 1 : depth, transposed ? rows : 1, b, [], c, rows, depth, stride, panel);
                    }
                }) / repeats;
            }

            Array.Sort(seconds);
            double flops = 2.0 * rows * depth * columns / seconds[seconds.Length / 2];
            Console.WriteLine(FormattableString.Invariant($"product {rows}x{depth}x{columns}{(transposed ? "t" : "")} {flops / 1e9:F1}"));
        }
    }

    /// <summary>GFLOP per processor second of fused multiply-adds that touch no memory, on one thread.</summary>
    private static void TimePeak()
    {
        const int Chains = 12, Repeats = 20_000_000;
        double best = 0;
        for (int i = 0; i < 9; i++)
        {
            Vector<float> sum = default;
            double seconds = ProcessorSeconds(() => sum = Chain(Repeats));
            // Using the sum keeps the chains from being left out.
            best = sum == Vector<float>.Zero ? 0 : Math.Max(best, 2.0 * Vector<float>.Count * Chains * Repeats / seconds);
        }

        Console.WriteLine(FormattableString.Invariant($"peak {best / 1e9:F1}"));
    }

    private static Vector<float> Chain(int repeats)
    {
        Vector<float> x = new(0.5f), y = new(0.25f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < repeats; n++)
        {
            a = Vector.FusedMultiplyAdd(a, x, y);
            b = Vector.FusedMultiplyAdd(b, x, y);
            c = Vector.FusedMultiplyAdd(c, x, y);
            d = Vector.FusedMultiplyAdd(d, x, y);
            e = Vector.FusedMultiplyAdd(e, x, y);
            f = Vector.FusedMultiplyAdd(f, x, y);
            g = Vector.FusedMultiplyAdd(g, x, y);
            h = Vector.FusedMultiplyAdd(h, x, y);
            i = Vector.FusedMultiplyAdd(i, x, y);
            j = Vector.FusedMultiplyAdd(j, x, y);
            k = Vector.FusedMultiplyAdd(k, x, y);
            l = Vector.FusedMultiplyAdd(l, x, y);
        }

        return a + b + c + d + e + f + g + h + i + j + k + l;
    }

    /// <summary>Processor seconds of eight members one after the other over those of eight in lanes, for several shapes; medians of nine alternating
    /// runs.</summary>
    private static void TimeLanes()
    {
        (int Features, int[] Hidden, int Batch)[] shapes =
        [
            (10, [5], 10), (10, [8], 10), (10, [10], 10), (10, [12], 10), (10, [16], 10), (10, [20], 10), (10, [32], 32), (10, [10, 10], 32),
            (10, [16, 16], 32), (30, [5], 32), (30, [10], 32), (60, [5], 32), (100, [5], 32), (100, [10], 32), (30, [16], 32),
        ];
        foreach ((int features, int[] hidden, int batch) in shapes)
        {
            var random = new RandomStream(1);
            float[] values = [.. Enumerable.Range(0, 200 * features).Select(_ => (float)random.NextGaussian())];
            double[] targets = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())];
            DatasetView data = DatasetView.All(InMemoryDataset.ForRegression("random", new FeatureMatrix(values, 200, features), targets));
            var options = new NeuralNetworkOptions
            {
                HiddenWidths = hidden,
                BatchSize = batch,
                Epochs = 100,
                Dropout = 0.1,
                Activation = ActivationFunction.Elu,
            };
            NetworkProblem problem = NetworkProblem.Regression(options, data, null, withVariance: false);
            RandomStream[] streams = [.. Enumerable.Range(0, 8).Select(i => new RandomStream(i))];
            var ratios = new double[9];
            for (int i = 0; i < ratios.Length; i++)
            {
                double alone = ProcessorSeconds(() => Array.ForEach(streams, stream => NetworkTrainer.Train(problem, stream, 1, CancellationToken.None)));
                ratios[i] = alone / ProcessorSeconds(() => LaneTrainer.Train(problem, streams, CancellationToken.None));
            }

            Array.Sort(ratios);
            Console.WriteLine(FormattableString.Invariant($"lanes {features}-{string.Join('-', hidden)}-1/{batch} {ratios[ratios.Length / 2]:F2}"));
        }
    }

    private static double ProcessorSeconds(Action work)
    {
        TimeSpan begun = Environment.CpuUsage.UserTime;
        work();
        return (Environment.CpuUsage.UserTime - begun).TotalSeconds;
    }
}
