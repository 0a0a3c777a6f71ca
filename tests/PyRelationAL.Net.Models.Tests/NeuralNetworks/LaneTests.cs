using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>Small networks trained as one computation are, bit for bit, those trained one after the other.</summary>
public sealed class LaneTests
{
    [Test, Combinatorial]
    public void EachMemberIsTheNetworkThatItsStreamGives(
        [Values] ActivationFunction activation, [Values(2, 5, 8)] int members, [Values(0, 0.3)] double dropout, [Values(0, 2)] int optimiser) =>
        AssertSame(
            new NeuralNetworkOptions
            {
                HiddenWidths = [5, 9],
                Activation = activation,
                Dropout = dropout,
                BatchSize = 10,
                Epochs = 4,
                WeightDecay = 0.01,
                Optimiser = optimiser == 0 ? new AdamOptimiser() : new AdamWOptimiser(),
                Schedule = new CosineSchedule(),
            },
            members);

    [Test]
    public void BatchesOfAFewRowsAndNoHiddenLayerAreNoExceptions([Values(1, 3, 4, 64)] int batch, [Values] bool hidden) =>
        AssertSame(new NeuralNetworkOptions { HiddenWidths = hidden ? [1] : [], BatchSize = batch, Epochs = 3, Optimiser = new SgdOptimiser() }, 6);

    [Test]
    public void LossesThatReadTwoOutputsOrManyWork()
    {
        NeuralNetworkOptions options = new() { HiddenWidths = [6], Epochs = 5, Dropout = 0.1 };
        AssertSame(NetworkProblem.Regression(options, Toy.Regression(31), null, withVariance: true), 5);
        AssertSame(NetworkProblem.Classification(options with { BalanceClasses = true }, Toy.Classification(31, classes: 5), null), 5);
    }

    [Test]
    public void OnlySmallNetworksWithoutNormalisationAndEarlyStoppingAreTrainedSo()
    {
        DatasetView data = Toy.Regression(30);
        NeuralNetworkOptions small = new() { HiddenWidths = [5] };
        Assert.That(Suits(small, null), Is.True);
        Assert.That(Suits(small, data), Is.False);
        Assert.That(Suits(small with { EarlyStoppingPatience = null }, data), Is.True);
        Assert.That(Suits(small with { HiddenWidths = [64] }, null), Is.False);
        Assert.That(Suits(small with { Normalisation = NetworkNormalisation.Layer }, null), Is.False);

        bool Suits(NeuralNetworkOptions options, DatasetView? validation) =>
            LaneTrainer.Suits(NetworkProblem.Regression(options, data, validation, withVariance: false));
    }

    [Test]
    public void TrainingThatDivergesSaysSo()
    {
        var steep = new NeuralNetworkOptions { HiddenWidths = [5], Optimiser = new SgdOptimiser { LearningRate = 1e9 }, Activation = ActivationFunction.Elu };
        var model = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions { Network = steep });
        Assert.That(
            () => model.Train(Toy.Regression(20), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("diverged"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void TheProductAgreesWithTheOneOfSingleNetworks(
        [Values(1, 2, 3, 4, 5, 9)] int rows, [Values(1, 2, 7)] int depth, [Values(1, 5)] int columns)
    {
        int group = Lanes.Group, aStride = Lanes.Stride(depth), stride = Lanes.Stride(columns);
        float[] a = Values(rows * depth * group, 1), b = Values(depth * columns * group, 2), bias = Values(columns * group, 3);
        foreach (float[] added in new[] { bias, [] })
        {
            var together = new float[rows * columns * group];
            LaneProduct.Multiply(a, depth, 1, b, columns, 1, added, together, rows, depth, columns);
            for (int m = 0; m < group; m++)
            {
                var single = new float[rows * stride];
                float[] ownA = Lane(a, m, depth, aStride), ownB = Lane(b, m, columns, stride), ownBias = Lane(added, m, columns, stride);
                MatrixProduct.Multiply(ownA, aStride, 1, ownB, ownBias, single, rows, depth, stride, new float[MatrixProduct.PanelLength(depth)]);
                for (int at = 0; at < rows * columns; at++)
                {
                    Assert.That(together[(at * group) + m], Is.EqualTo(single[(at / columns * stride) + (at % columns)]));
                }
            }
        }

        static float[] Lane(float[] values, int lane, int width, int stride)
        {
            var own = new float[values.Length / Lanes.Group / width * stride];
            for (int at = 0; at < values.Length / Lanes.Group; at++)
            {
                own[(at / width * stride) + (at % width)] = values[(at * Lanes.Group) + lane];
            }

            return own;
        }

        static float[] Values(int count, long seed) => Toy.Gaussian(1, count, seed).Values.ToArray();
    }

    private static void AssertSame(NeuralNetworkOptions options, int members) =>
        AssertSame(NetworkProblem.Regression(options, Toy.Regression(33, columns: 7), null, withVariance: false), members);

    private static void AssertSame(NetworkProblem problem, int members)
    {
        RandomStream[] streams = [.. Enumerable.Range(0, members).Select(i => new RandomStream(5).Child(i))];
        TrainedNetwork[] together = LaneTrainer.Train(problem, streams, CancellationToken.None);
        for (int m = 0; m < members; m++)
        {
            TrainedNetwork alone = NetworkTrainer.Train(problem, new RandomStream(5).Child(m), 1, CancellationToken.None);
            Assert.That(together[m].Numbers, Is.EqualTo(alone.Numbers));
            Assert.That(together[m].Epochs, Is.EqualTo(alone.Epochs));
        }
    }
}
