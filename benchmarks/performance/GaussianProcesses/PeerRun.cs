using System.Diagnostics;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Strategies;

namespace PyRelationAL.Benchmarks.GaussianProcesses;

/// <summary>
/// A hundred queries of a Gaussian process with a fitted constant × RBF kernel, the test rows scored each round: the classifier on 500 rows of the 2×2
/// checkerboard with least confidence, or the regressor on 400 rows of Diabetes with the largest deviation.
/// </summary>
internal sealed class PeerRun
{
    private const int Queries = 100;

    private readonly InMemoryDataset _dataset;
    private readonly DataSplit _split;
    private readonly bool _classifier;
    private readonly int _threads;

    public PeerRun(string folder, string name, int threads)
    {
        _classifier = name == "classifier";
        _threads = threads;
        (_dataset, int train) = _classifier
            ? PeerData.Read(folder, "checkerboard_train500.csv", "checkerboard_test1000.csv", classes: true)
            : PeerData.Read(folder, "diabetes_train400.csv", "diabetes_test42.csv", classes: false);
        int[] rows = [.. Enumerable.Range(0, train)];
        _split = new DataSplit
        {
            Train = rows,
            Test = [.. Enumerable.Range(train, _dataset.Count - train)],
            Labelled = _classifier ? FirstOfEachClass(rows) : FarthestPair(rows),
        };
    }

    public Outcome Repeat(bool warmStart)
    {
        Kernel kernel = new ConstantKernel(1.0) * new RbfKernel(1.0);
        IModelManager model = _classifier
            ? new GaussianProcessClassifier(new() { Kernel = kernel, WarmStart = warmStart, MaxDegreeOfParallelism = _threads })
            : new GaussianProcessRegressor(new() { Kernel = kernel, Jitter = 0.1, WarmStart = warmStart, MaxDegreeOfParallelism = _threads });
        IStrategy strategy = _classifier ? new LeastConfidenceStrategy() : new VarianceReductionStrategy();
        int evaluations = 0;
        var data = new DataManager(_dataset, _split);
        var clock = Stopwatch.StartNew();
        var pipeline = new ActiveLearningPipeline(data, model, strategy, seed: 1, maxDegreeOfParallelism: _threads);
        var options = new ActiveLearning.RunOptions { Rounds = Queries, StopWhen = _ => Count() };
        pipeline.Run(options);
        double seconds = clock.Elapsed.TotalSeconds;
        return new Outcome(seconds, pipeline.History[^1].Metrics[_classifier ? "accuracy" : "rmse"], evaluations, [.. data.LabelledIndices]);

        bool Count()
        {
            evaluations += model switch
            {
                GaussianProcessClassifier c => c.HyperparameterFits.Sum(f => f?.Evaluations ?? 0),
                GaussianProcessRegressor r => r.HyperparameterFit?.Evaluations ?? 0,
                _ => 0,
            };
            return false;
        }
    }

    private int[] FirstOfEachClass(int[] rows) => [.. rows.GroupBy(i => _dataset.GetLabel(i).Class).Select(g => g.First()).Order()];

    private int[] FarthestPair(int[] rows)
    {
        FeatureMatrix features = new DatasetView(_dataset, rows).Features;
        (int A, int B) best = default;
        double farthest = -1;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                double distance = 0;
                for (int d = 0; d < features.ColumnCount; d++)
                {
                    double difference = (double)features.Row(i)[d] - features.Row(j)[d];
                    distance += difference * difference;
                }

                if (distance > farthest)
                {
                    (farthest, best) = (distance, (i, j));
                }
            }
        }

        return [best.A, best.B];
    }

    public readonly record struct Outcome(double Seconds, double Score, int Evaluations, int[] Labelled);
}
