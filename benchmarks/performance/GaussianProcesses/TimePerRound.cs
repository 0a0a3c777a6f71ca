using System.Diagnostics;
using System.Globalization;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks.GaussianProcesses;

/// <summary>
/// Milliseconds for one round against the number of labels n, beside n³: one evaluation of the likelihood with its gradient, prediction for 1,000 items, and a
/// round of a fixed kernel, for which one row is appended. <c>rounds [largest n]</c>.
/// </summary>
internal static class TimePerRound
{
    private const int PoolCount = 1000;
    private const int Columns = 10;

    public static int Run(string[] args)
    {
        int largest = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
        int[] sizes = [.. new[] { 50, 100, 200, 400, 700, 1000, 1400, 2000 }.Where(n => n <= largest)];
        var random = new RandomStream(1);
        float[] x = [.. Enumerable.Range(0, (largest + PoolCount + 1) * Columns).Select(_ => (float)random.NextGaussian())];
        var features = new FeatureMatrix(x, x.Length / Columns, Columns);
        double[] y = [.. Enumerable.Range(0, features.RowCount).Select(i => Math.Sin(features.Row(i)[0]) + (0.3 * random.NextGaussian()))];
        DatasetView regression = DatasetView.All(Datasets.InMemoryDataset.ForRegression("rounds", features, y));
        DatasetView classes = DatasetView.All(Datasets.InMemoryDataset.ForClassification("rounds", features, [.. y.Select(v => v > 0 ? 1 : 0)]));

        Console.WriteLine("| n | regressor: likelihood | ps/n³ | predict 1,000 | round, fixed kernel | classifier: likelihood | ps/n³ | predict 1,000 |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        // The first size is run once more at the beginning, for the compiler.
        foreach ((int n, bool print) in sizes.Select(n => (n, true)).Prepend((sizes[0], false)))
        {
            var kernel = (1.0 * new RbfKernel(4.0)) + new WhiteNoiseKernel(0.1);
            DatasetView labelled = regression.Slice(0, n), more = regression.Slice(0, n + 1), pool = regression.Slice(largest + 1, PoolCount);
            double likelihood = PerEvaluation(
                () =>
                {
                    var model = new GaussianProcessRegressor(new() { Kernel = kernel });
                    model.Train(labelled, null, new RandomStream(1));
                    return model.HyperparameterFit!.Evaluations;
                });
            double predict = double.PositiveInfinity, round = predict;
            Repeat(() =>
            {
                IModelManager model = new GaussianProcessRegressor(new() { Kernel = kernel, OptimiseHyperparameters = false });
                model.Train(labelled, null, new RandomStream(1));
                predict = Math.Min(predict, Milliseconds(() => ((GaussianProcessRegressor)model).PredictGaussian(pool)));
                model.EndRound();
                round = Math.Min(round, Milliseconds(() =>
                {
                    model.Train(more, null, new RandomStream(1));
                    ((GaussianProcessRegressor)model).PredictGaussian(pool);
                }));
            });

            var smooth = 1.0 * new RbfKernel(4.0);
            double laplace = PerEvaluation(
                () =>
                {
                    var model = new GaussianProcessClassifier(new() { Kernel = smooth });
                    model.Train(classes.Slice(0, n), null, new RandomStream(1));
                    return model.HyperparameterFits[0]!.Evaluations;
                });
            double probabilities = double.PositiveInfinity;
            Repeat(() =>
            {
                var model = new GaussianProcessClassifier(new() { Kernel = smooth, OptimiseHyperparameters = false });
                model.Train(classes.Slice(0, n), null, new RandomStream(1));
                probabilities = Math.Min(probabilities, Milliseconds(() => model.PredictProbabilities(classes.Slice(largest + 1, PoolCount))));
            });
            double cube = Math.Pow(n, 3);
            if (!print)
            {
                continue;
            }

            Console.WriteLine(string.Join(" | ", [
                $"| {n}", Text(likelihood), Text(1e9 * likelihood / cube), Text(predict), Text(round),
                Text(laplace), Text(1e9 * laplace / cube), Text(probabilities) + " |"]));
        }

        return 0;
    }

    private static double PerEvaluation(Func<int> fit)
    {
        var times = new List<double>();
        Repeat(() =>
        {
            var clock = Stopwatch.StartNew();
            int evaluations = fit();
            times.Add(clock.Elapsed.TotalMilliseconds / evaluations);
        });
        return times.Min();
    }

    /// <summary>Often enough for the compiler to have done its best, and for half a second at most after that.</summary>
    private static void Repeat(Action action)
    {
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < 1 || (i < 40 && clock.ElapsedMilliseconds < 500); i++)
        {
            action();
        }
    }

    private static double Milliseconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
