using System.Diagnostics;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks;

/// <summary>
/// What benchmarks/peers/networks.py asks for, one case a process: <c>networks CASE THREADS SEED [FOLDER]</c>. Prints "case name seconds quality" lines, or GFLOP/s.
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

    /// <summary>GFLOP/s of the products that a step on images makes, on one thread.</summary>
    private static void TimeProducts()
    {
        (int Rows, int Depth, int Columns, bool Transposed)[] shapes =
            [(128, 784, 256, false), (784, 128, 256, true), (128, 256, 128, false), (256, 128, 128, true), (128, 128, 256, false), (128, 128, 10, false)];
        foreach ((int rows, int depth, int columns, bool transposed) in shapes)
        {
            int stride = Lanes.Stride(columns);
            float[] a = new float[rows * depth], b = new float[depth * stride], c = new float[rows * stride], panel = new float[MatrixProduct.PanelLength(depth)];
            Array.Fill(a, 1f);
            Array.Fill(b, 1f);
            int repeats = (int)(5e8 / (2.0 * rows * depth * columns));
            var seconds = new double[9];
            for (int i = 0; i < seconds.Length; i++)
            {
                long begun = Stopwatch.GetTimestamp();
                for (int j = 0; j < repeats; j++)
                {
                    MatrixProduct.Multiply(a, transposed ? 1 : depth, transposed ? rows : 1, b, [], c, rows, depth, stride, panel);
                }

                seconds[i] = Stopwatch.GetElapsedTime(begun).TotalSeconds / repeats;
            }

            Array.Sort(seconds);
            double flops = 2.0 * rows * depth * columns / seconds[seconds.Length / 2];
            Console.WriteLine(FormattableString.Invariant($"product {rows}x{depth}x{columns}{(transposed ? "t" : "")} {flops / 1e9:F1}"));
        }
    }
}
