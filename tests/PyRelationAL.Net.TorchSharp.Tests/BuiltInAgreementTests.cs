using PyRelationAL.ActiveLearning;
using PyRelationAL.Adapters.Torch;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace PyRelationAL.Tests;

/// <summary>
/// Two implementations of one network, optimiser and loop: they draw other weights, though from the same distribution, and agree within noise.
/// </summary>
public class BuiltInAgreementTests
{
    private const int Runs = 6, Rounds = 4;

    [Test]
    public void TheBuiltInEnsembleLearnsDiabetesAsFast()
    {
        double[][] torchCurves = Curves(() => new TorchEnsembleRegressor(
            new TorchOptions
            {
                Module = () => Sequential(Initialised(10, 32, relu: true), ReLU(), Initialised(32, 1, relu: false)),
                Optimiser = p => torch.optim.Adam(p, lr: 0.005),
                Epochs = 40,
            },
            memberCount: 3));
        double[][] builtIn = Curves(() => new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions
        {
            MemberCount = 3,
            Network = new NeuralNetworkOptions { HiddenWidths = [32], Optimiser = new AdamOptimiser { LearningRate = 0.005 }, Epochs = 40 },
        }));
        for (int round = 0; round <= Rounds; round++)
        {
            (double mean, double error) one = Moments(torchCurves, round), other = Moments(builtIn, round);
            TestContext.Out.WriteLine($"{round}: torch {one.mean:F2} ± {one.error:F2}, built in {other.mean:F2} ± {other.error:F2}");
            Assert.That(one.mean, Is.EqualTo(other.mean).Within(3 * Math.Sqrt((one.error * one.error) + (other.error * other.error))));
        }
    }

    /// <summary>Torch would draw smaller weights, and so fit few labels less closely.</summary>
    private static TorchSharp.Modules.Linear Initialised(int inputs, int outputs, bool relu)
    {
        TorchSharp.Modules.Linear layer = Linear(inputs, outputs);
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        init.normal_(layer.weight!, 0, Math.Sqrt(2.0 / (relu ? inputs : inputs + outputs)));
        init.zeros_(layer.bias!);
        return layer;
    }

    /// <summary>The root mean squared error after each round, for each run.</summary>
    private static double[][] Curves(Func<IModelManager> create)
    {
        torch.set_num_threads(1);
        InMemoryDataset dataset = DiabetesScaled.Load();
        dataset = dataset.Standardised([.. Enumerable.Range(0, dataset.Count)]);
        return
        [
            .. Enumerable.Range(0, Runs).Select(run =>
            {
                int[] order = new RandomStream(run).Sample(dataset.Count, dataset.Count);
                var split = new DataSplit { Train = order[..342], Test = order[342..], InitialSize = InitialSize.OfCount(30) };
                var data = new DataManager(dataset.WithOwnLabels(), split);
                var strategy = new CompositeStrategy(Informativeness.StandardDeviation, Selection.EpsilonGreedy(0.1));
                var pipeline = new ActiveLearningPipeline(data, create(), strategy, seed: run);
                pipeline.Run(Rounds, batchSize: 15);
                return pipeline.History.Select((RoundRecord r) => r.Metrics[MetricNames.RootMeanSquaredError]).ToArray();
            }),
        ];
    }

    private static (double Mean, double StandardError) Moments(double[][] curves, int round)
    {
        double mean = curves.Average(c => c[round]);
        return (mean, Math.Sqrt(curves.Sum(c => (c[round] - mean) * (c[round] - mean)) / (Runs - 1) / Runs));
    }
}
