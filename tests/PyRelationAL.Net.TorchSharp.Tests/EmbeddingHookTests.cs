using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace PyRelationAL.Tests;

/// <summary>Unlabelled items that pass through a module along with its batches.</summary>
[NonParallelizable]
public class EmbeddingHookTests
{
    [Test]
    public void TheGradientReachesTheModulesParameters([Values] bool withHead)
    {
        // One step of gradient descent; embeddings are z = W x + b, so that W moves by −η Σ g xᵀ and b by −η Σ g.
        DatasetView data = Toy.Regression(6), pool = Toy.Regression(4, seed: 7);
        AuxiliaryHead? head = withHead ? new AuxiliaryHead { HiddenWidth = 4, StopGradientAfter = 1 } : null;
        float[] plain = Parameters(0), pulled = Parameters(1);
        double[] expected = new double[9];
        foreach ((FeatureMatrix rows, int sign) in new[] { (data.Features, 1), (pool.Features, -1) })
        {
            for (int i = 0; i < rows.RowCount * 3; i++)
            {
                int k = i % 3;
                double g = sign * (k + 1);
                expected[2 * k] -= 0.1 * g * rows.Row(i / 3)[0];
                expected[(2 * k) + 1] -= 0.1 * g * rows.Row(i / 3)[1];
                expected[6 + k] -= 0.1 * g;
            }
        }

        Assert.That(pulled.Zip(plain, (p, q) => (double)p - q).Take(9), Is.EqualTo(expected).Within(1e-4));
        Assert.That(pulled.Skip(9), Is.EqualTo(plain.Skip(9)).Within(1e-6), "the last layer has no part in it");

        float[] Parameters(float weight)
        {
            TorchOptions options = TorchModels.Regressing() with
            {
                Module = () => Sequential(("first", Linear(2, 3)), ("head", Linear(3, 1))),
                Optimiser = p => torch.optim.SGD(p, 0.1),
                Epochs = 1,
            };
            var hook = new Hook
            {
                Unlabelled = pool,
                Count = 4,
                AuxiliaryHead = head,
                Loss = (_, labelled, unlabelled) =>
                {
                    for (int i = 0; i < labelled.Length; i++)
                    {
                        labelled[i] = weight * ((i % 3) + 1);
                    }

                    for (int i = 0; i < unlabelled.Length; i++)
                    {
                        unlabelled[i] = -weight * ((i % 3) + 1);
                    }

                    return 0;
                },
            };
            using var model = new TorchRegressor(options) { TrainingHook = hook };
            model.Train(data, null, new RandomStream(1));
            return model.CopyParameters();
        }
    }

    [Test]
    public void TheHookSeesTheEmbeddingsOfTheItemsNamed([Values] bool named)
    {
        DatasetView data = Toy.Classification(8), pool = Toy.Classification(5, seed: 4);
        var seen = new List<(int[] Rows, float[] Embeddings)>();
        var hook = new Hook
        {
            Unlabelled = pool,
            Count = 2,
            Loss = (embeddings, _, _) =>
            {
                seen.Add(embeddings);
                return 0;
            },
        };
        TorchOptions options = TorchModels.Classifying() with
        {
            Module = () => Sequential(("hidden", Linear(3, 6)), ("bend", Tanh()), ("head", Linear(6, 3))),
            EmbeddingModule = named ? "hidden" : null,
            Optimiser = p => torch.optim.SGD(p, 0),
            Epochs = 3,
        };
        using var model = new TorchClassifier(options) { TrainingHook = hook };
        model.Train(data, null, new RandomStream(1));
        FeatureMatrix candidates = model.Embed(pool);
        Assert.That(seen.SelectMany(s => s.Rows), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 0 }));
        foreach ((int[] rows, float[] embeddings) in seen)
        {
            Assert.That(embeddings, Is.EqualTo(rows.SelectMany(r => candidates.Row(r).ToArray())).Within(1e-5));
        }
    }

    [Test]
    public void WithoutUnlabelledItemsNoBitChanges()
    {
        DatasetView data = Toy.Classification(20);
        using var plain = new TorchClassifier(TorchModels.Classifying());
        using var hooked = new TorchClassifier(TorchModels.Classifying())
        {
            TrainingHook = new Hook { Unlabelled = data.Slice(0, 0), Count = 3, Loss = (_, _, _) => double.NaN },
        };
        plain.Train(data, null, new RandomStream(1));
        hooked.Train(data, null, new RandomStream(1));
        Assert.That(hooked.CopyParameters(), Is.EqualTo(plain.CopyParameters()));
    }

    [Test]
    public void TheHookIsToldOfTheBestEpochsAndALossThatIsNoNumberEndsTheTraining()
    {
        DatasetView data = Toy.Regression(30, noise: 3), validation = Toy.Regression(20, noise: 3, seed: 6);
        TorchOptions options = TorchModels.Regressing() with { Epochs = 60, EarlyStoppingPatience = 3, Optimiser = p => torch.optim.Adam(p, lr: 0.05) };
        var hook = new Hook { Unlabelled = validation, Count = 3, Loss = (_, _, _) => 0 };
        using var model = new TorchRegressor(options) { TrainingHook = hook };
        model.Train(data, validation, new RandomStream(1));
        Assert.That(hook.BestEpoch + 1, Is.EqualTo(model.TrainedEpochs));
        model.TrainingHook = new Hook { Unlabelled = validation, Count = 3, Loss = (_, _, _) => double.NaN };
        Assert.That(() => model.Train(data, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("NaN in epoch 0"));
    }

    [Test]
    public void WAALTrainsTheFeaturesOfAModuleAndLeavesNoTensorBehind()
    {
        DatasetView data = Toy.Classification(80);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        int[] first = Labelled(0.1), again = Labelled(0.1);
        Assert.That(again, Is.EqualTo(first), "equal seeds, equal queries");
        Assert.That(first, Has.Length.EqualTo(18));
        Assert.That(Labelled(0), Is.Not.EqualTo(first));
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));

        int[] Labelled(double weight)
        {
            var manager = new DataManager(
                data.Dataset,
                new DataSplit { Train = [.. Enumerable.Range(0, 60)], Test = [.. Enumerable.Range(60, 20)], Labelled = [.. Enumerable.Range(0, 10)] });
            using var model = new TorchClassifier(TorchModels.Classifying());
            var strategy = new WAALStrategy(new WAALOptions { FeatureWeight = weight, HiddenWidth = 8, BatchSize = 16, Epochs = 5 });
            new ActiveLearningPipeline(manager, model, strategy, seed: 3).Run(rounds: 2, batchSize: 4);
            Assert.That(model.TrainingHook is IEmbeddingHook, Is.EqualTo(weight > 0));
            return [.. manager.LabelledIndices];
        }
    }

    /// <summary>Gets the rows and embeddings of the unlabelled ones, and both gradients to write.</summary>
    private delegate double EmbeddingLoss((int[] Rows, float[] Embeddings) unlabelled, Span<float> labelledGradient, Span<float> unlabelledGradient);

    /// <summary>Names the unlabelled items in turn.</summary>
    private sealed class Hook : IEmbeddingHook
    {
        private int _next;
        private int _epoch;

        public required EmbeddingLoss Loss { get; init; }

        public int Count { get; init; }

        public int BestEpoch { get; private set; }

        public DatasetView? Unlabelled { get; set; }

        public AuxiliaryHead? AuxiliaryHead { get; init; }

        public bool NeedsEpochOutputs => false;

        public int Begin(RandomStream random) => Count;

        public void DrawUnlabelled(Span<int> rows)
        {
            for (int r = 0; r < rows.Length; r++)
            {
                rows[r] = _next++ % Unlabelled!.Count;
            }
        }

        double IEmbeddingHook.EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient) =>
            Loss((batch.UnlabelledRows.ToArray(), batch.Unlabelled.ToArray()), labelledGradient, unlabelledGradient);

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
        {
            Assert.That(gradient.Length, Is.EqualTo(batch.Rows.Length));
            Assert.That(batch.Outputs.Length, Is.EqualTo(batch.Rows.Length), "the head sees labelled rows only");
            return 0;
        }

        public void OnEpoch(TrainingEpoch epoch) => _epoch = epoch.Epoch;

        public void OnBest() => BestEpoch = _epoch;
    }
}
