using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>Training on several threads gives the bits of one.</summary>
public sealed class ThreadTests
{
    // The last batch of an epoch has one row, fewer than there are threads.
    private static readonly DatasetView Data = Toy.Classification(257, columns: 30);

    private static readonly NeuralNetworkOptions Large = new()
    {
        HiddenWidths = [300, 90],
        Activation = ActivationFunction.Elu,
        Dropout = 0.3,
        BatchSize = 128,
        Epochs = 3,
        WeightDecay = 1e-3,
    };

    [Test]
    public void StepsAreSharedOutWithoutChangingABit([Values(2, 3, 5)] int threads, [Values] NetworkNormalisation normalisation, [Values] bool adam)
    {
        NeuralNetworkOptions options = Large with { Normalisation = normalisation, Optimiser = adam ? new AdamOptimiser() : new SgdOptimiser() };
        Assert.That(Numbers(options, threads), Is.EqualTo(Numbers(options, 1)));
    }

    [Test]
    public void LargeStepsAreSharedOutAndSmallOnesAreNot()
    {
        Assert.That(Shared(Large), Is.True);
        Assert.That(Shared(Large with { HiddenWidths = [30] }), Is.False, "few parameters");
        Assert.That(Shared(Large with { BatchSize = 16 }), Is.False, "few rows");
        Assert.That(Shared(Large with { Normalisation = NetworkNormalisation.Batch }), Is.False, "rows that depend on each other");

        static bool Shared(NeuralNetworkOptions options)
        {
            NetworkProblem problem = NetworkProblem.Classification(options, Data, null);
            var workspace = new NetworkWorkspace(problem.Network, options.BatchSize, training: true);
            return ParallelPass.For(problem.Network, workspace, options.BatchSize, 2) is not null;
        }
    }

    [Test]
    public void CoresThatMembersLeaveAreUsedWithoutChangingABit()
    {
        double[] one = Values(1), many = Values(6);
        Assert.That(many, Is.EqualTo(one));

        static double[] Values(int threads)
        {
            var model = new NeuralNetworkEnsembleClassifier(
                new NeuralNetworkEnsembleOptions { Network = Large, MemberCount = 2, MaxDegreeOfParallelism = threads });
            model.Train(Data, null, new RandomStream(4));
            return model.SampleProbabilities(Data, new RandomStream(0)).Values.ToArray();
        }
    }

    private static float[] Numbers(NeuralNetworkOptions options, int threads) =>
        NetworkTrainer.Train(NetworkProblem.Classification(options, Data, null), new RandomStream(9), threads, CancellationToken.None).Numbers;
}
