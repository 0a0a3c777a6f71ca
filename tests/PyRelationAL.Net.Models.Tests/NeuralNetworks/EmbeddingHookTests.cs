using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>Unlabelled items that pass through a network along with its batches, and a loss on the embeddings of both.</summary>
public sealed class EmbeddingHookTests
{
    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [8, 6], Epochs = 10, BatchSize = 4 };

    private static readonly Dictionary<string, NeuralNetworkOptions> Networks = new()
    {
        ["GELU"] = Small with { Activation = ActivationFunction.Gelu },
        ["one hidden layer"] = Small with { HiddenWidths = [5], Activation = ActivationFunction.Tanh },
        ["layer normalisation, dropout"] = Small with { Activation = ActivationFunction.Elu, Normalisation = NetworkNormalisation.Layer, Dropout = 0.4 },
        ["batch normalisation"] = Small with { Activation = ActivationFunction.Tanh, Normalisation = NetworkNormalisation.Batch },
        ["batch normalisation, dropout"] = Small with { Activation = ActivationFunction.Sigmoid, Normalisation = NetworkNormalisation.Batch, Dropout = 0.2 },
    };

    private static IEnumerable<string> NetworkNames => Networks.Keys;

    [Test]
    public void TheGradientOfTheWholeLossAgreesWithDifferences(
        [ValueSource(nameof(NetworkNames))] string name, [Values] bool withHead, [Values(4, 3)] int labelledRows)
    {
        // Three labelled rows are the short last batch of an epoch.
        DatasetView labelled = Toy.Classification(9), pool = Toy.Classification(7, seed: 3);
        var hook = new Hook
        {
            Unlabelled = pool,
            Count = 5,
            AuxiliaryHead = withHead ? new AuxiliaryHead { HiddenWidth = 5, OutputCount = 2, LossWeight = 0.7, StopGradientAfter = 1 } : null,
            Loss = FarFromAlike,
        };
        // Next to no learning rate: the head stays as it is.
        var problem = NetworkProblem.Classification(Networks[name] with { Optimiser = new SgdOptimiser { LearningRate = 1e-12 } }, labelled, null);
        var hooked = HookedTraining.Begin(hook, problem, labelled, 3, (_, _) => { }, new RandomStream(2))!;
        Network network = problem.Network;
        int[] items = [.. new[] { 7, 2, 5, 0 }.Take(labelledRows)];
        int rows = items.Length + 5, stride = network.Layers[0].InputStride;
        Assert.That(hooked.UnlabelledCount, Is.EqualTo(5));
        float[] numbers = network.Initialise(new RandomStream(3)), gradient = new float[network.TrainableCount];
        var workspace = new NetworkWorkspace(network, 4 + 5, training: true);
        // A full batch before, whose numbers must not be left in a short one.
        Total([7, 2, 5, 0]);
        float[]?[] added = Total(items).Added!;
        network.Backward(workspace, numbers, rows, gradient, added: added);
        for (int i = 0; i < gradient.Length; i++)
        {
            const float Step = 1f / 1024;
            float value = numbers[i];
            numbers[i] = value + Step;
            double above = Total(items).Loss;
            numbers[i] = value - Step;
            double slope = (above - Total(items).Loss) / (2 * Step);
            numbers[i] = value;
            Assert.That(gradient[i], Is.EqualTo(slope).Within(2e-3), $"parameter {i}");
        }

        (double Loss, float[]?[]? Added) Total(int[] of)
        {
            for (int r = 0; r < of.Length; r++)
            {
                problem.Inputs.AsSpan(of[r] * stride, stride).CopyTo(workspace.Values[0].AsSpan(r * stride));
            }

            hook.Next = 0;
            hooked.DrawUnlabelled(workspace.Values[0].AsSpan(of.Length * stride));
            float[] copy = [.. numbers];
            int labelledOutputs = of.Length * network.OutputStride;
            Span<float> outputs = network.Forward(workspace, copy, of.Length + 5, PassMode.Training, new RandomStream(9));
            Span<float> outputGradient = workspace.Gradients[^1].AsSpan(0, outputs.Length);
            outputGradient.Clear();
            double loss = problem.Loss.Evaluate(
                of, outputs[..labelledOutputs], network.OutputStride, outputGradient[..labelledOutputs], hooked.RowLosses(of.Length));
            float[]?[]? more = hooked.Step(0, of, workspace, 1e-12);
            return (loss + hook.LastLoss + (0.7 * hook.LastHeadLoss), more);
        }
    }

    [Test]
    public void WithoutUnlabelledItemsNoBitChanges([Values] bool set)
    {
        DatasetView data = Toy.Classification(30), validation = Toy.Classification(9, seed: 5);
        NeuralNetworkOptions options = Small with { Dropout = 0.2, Normalisation = NetworkNormalisation.Batch, EarlyStoppingPatience = 3 };
        var hook = new Hook { Unlabelled = set ? data.Slice(0, 0) : null, Count = 3, Loss = (in EmbeddingBatch _, Span<float> _, Span<float> _) => double.NaN };
        NeuralNetworkClassifier plain = new(options), hooked = new(options) { TrainingHook = hook }, none = new(options)
        {
            TrainingHook = new Hook { Unlabelled = data, Count = 0, Loss = hook.Loss },
        };
        plain.Train(data, validation, new RandomStream(1));
        hooked.Train(data, validation, new RandomStream(1));
        none.Train(data, validation, new RandomStream(1));
        Assert.That(hooked.CopyParameters(), Is.EqualTo(plain.CopyParameters()));
        Assert.That(none.CopyParameters(), Is.EqualTo(plain.CopyParameters()));
        Assert.That(hook.Begun, Is.EqualTo(1), "what an earlier training left is to be forgotten all the same");
    }

    [Test]
    public void ALossOfNoGradientLeavesTheNetworkAsItIs()
    {
        DatasetView data = Toy.Classification(30);
        NeuralNetworkClassifier plain = new(Small), hooked = new(Small) { TrainingHook = new Hook { Unlabelled = data, Count = 3, Loss = Nothing } };
        plain.Train(data, null, new RandomStream(1));
        hooked.Train(data, null, new RandomStream(1));
        Assert.That(hooked.CopyParameters(), Is.EqualTo(plain.CopyParameters()).Within(1e-5));
    }

    [Test]
    public void TheHookSeesTheEmbeddingsOfTheItemsNamed()
    {
        DatasetView data = Toy.Classification(11), pool = Toy.Classification(9, seed: 4);
        var labelled = new List<(int Epoch, int Row, float[] Embedding)>();
        var unlabelled = new List<(int Row, float[] Embedding)>();
        var hook = new Hook
        {
            Unlabelled = pool,
            Count = 2,
            Loss = (in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient) =>
            {
                Assert.That(labelledGradient.ToArray(), Is.EqualTo(new float[batch.LabelledRows.Length * 6]));
                Assert.That(unlabelledGradient.ToArray(), Is.EqualTo(new float[12]));
                for (int r = 0; r < batch.LabelledRows.Length; r++)
                {
                    labelled.Add((batch.Epoch, batch.LabelledRows[r], batch.Labelled.Slice(r * batch.Width, batch.Width).ToArray()));
                }

                for (int r = 0; r < 2; r++)
                {
                    unlabelled.Add((batch.UnlabelledRows[r], batch.Unlabelled.Slice(r * batch.Width, batch.Width).ToArray()));
                }

                return 0;
            },
        };
        // A learning rate of next to nothing: the embeddings stay those of the first network.
        var model = new NeuralNetworkClassifier(Small with { Epochs = 2, Optimiser = new SgdOptimiser { LearningRate = 1e-12 } }) { TrainingHook = hook };
        model.Train(data, null, new RandomStream(1));
        FeatureMatrix embedded = model.Embed(data), candidates = model.Embed(pool);
        Assert.That(labelled.Select(l => l.Epoch), Is.EqualTo(Enumerable.Repeat(0, 11).Concat(Enumerable.Repeat(1, 11))));
        Assert.That(labelled.Take(11).Select(l => l.Row), Is.EquivalentTo(Enumerable.Range(0, 11)));
        Assert.That(unlabelled.Select(u => u.Row), Is.EqualTo(Enumerable.Range(0, 12).Select(i => i % 9)), "3 batches in each of 2 epochs");
        Assert.That(labelled, Has.All.Matches<(int, int Row, float[] Embedding)>(l => Near(l.Embedding, embedded.Row(l.Row))));
        Assert.That(unlabelled, Has.All.Matches<(int Row, float[] Embedding)>(u => Near(u.Embedding, candidates.Row(u.Row))));

        static bool Near(float[] one, ReadOnlySpan<float> other) => one.Zip(other.ToArray(), (a, b) => Math.Abs(a - b)).Max() < 1e-5;
    }

    [Test]
    public void EqualStreamsGiveEqualBitsOnAnyNumberOfThreads([ValueSource(nameof(NetworkNames))] string name)
    {
        DatasetView data = Toy.Classification(30), pool = Toy.Classification(50, seed: 3);
        float[] first = Parameters(1, FarFromAlike), again = Parameters(3, FarFromAlike), other = Parameters(1, Nothing);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));

        float[] Parameters(int threads, EmbeddingLoss loss)
        {
            var hook = new Hook { Unlabelled = pool, Count = 6, Loss = loss };
            var model = new NeuralNetworkClassifier(Networks[name] with { MaxDegreeOfParallelism = threads }) { TrainingHook = hook };
            model.Train(data, null, new RandomStream(1));
            float[] parameters = model.CopyParameters();
            ulong drawn = hook.Drawn;
            hook.Next = 0;
            model.Train(data, null, new RandomStream(1));
            Assert.That(model.CopyParameters(), Is.EqualTo(parameters), "nothing is left of the training before");
            Assert.That(hook.Drawn, Is.EqualTo(drawn), "the hook's stream follows from the training's");
            return parameters;
        }
    }

    [Test]
    public void ALossOnEmbeddingsActsOnEveryNetworkOfOnesOwn()
    {
        NeuralNetworkOptions longer = Small with { Epochs = 40 };
        DatasetView classes = Toy.Classification(20), values = Toy.Regression(20);
        var masks = new MCDropoutOptions { Network = longer with { Dropout = 0.3 } };
        AssertSpread(() => new NeuralNetworkClassifier(longer), classes);
        AssertSpread(() => new NeuralNetworkRegressor(longer), values);
        AssertSpread(() => new MeanVarianceNetworkRegressor(longer), values);
        AssertSpread(() => new MCDropoutClassifier(masks), classes);
        AssertSpread(() => new MCDropoutRegressor(masks), values);

        static void AssertSpread<TModel>(Func<TModel> create, DatasetView data)
            where TModel : IModelManager, ITrainingHooks, IEmbedder
        {
            // The longer the embeddings of unlabelled items, the larger the loss.
            double free = Length(Nothing), held = Length((in EmbeddingBatch batch, Span<float> _, Span<float> gradient) =>
            {
                batch.Unlabelled.CopyTo(gradient);
                return 0;
            });
            Assert.That(held, Is.LessThan(0.7 * free), typeof(TModel).Name);

            double Length(EmbeddingLoss loss)
            {
                TModel model = create();
                model.TrainingHook = new Hook { Unlabelled = data, Count = 8, Loss = loss };
                model.Train(data, null, new RandomStream(1));
                return Math.Sqrt(model.Embed(data).Values.ToArray().Average(v => (double)v * v));
            }
        }
    }

    [Test]
    public void ANetworkWithoutHiddenLayersShowsItsInputsAndLearnsNothingByThem()
    {
        DatasetView data = Toy.Classification(12);
        NeuralNetworkOptions linear = Small with { HiddenWidths = [], StandardiseFeatures = false };
        NeuralNetworkClassifier plain = new(linear), hooked = new(linear)
        {
            TrainingHook = new Hook
            {
                Unlabelled = data,
                Count = 2,
                Loss = (in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> _) =>
                {
                    Assert.That(batch.Labelled[..3].ToArray(), Is.EqualTo(data.Features.Row(batch.LabelledRows[0]).ToArray()));
                    labelledGradient.Fill(1);
                    return 0;
                },
            },
        };
        plain.Train(data, null, new RandomStream(1));
        hooked.Train(data, null, new RandomStream(1));
        Assert.That(hooked.CopyParameters(), Is.EqualTo(plain.CopyParameters()).Within(1e-5));
    }

    [Test]
    public void TheHookIsToldOfTheBestEpochs()
    {
        DatasetView train = Toy.Regression(30, noise: 3), validation = Toy.Regression(20, noise: 3, seed: 6);
        var hook = new Hook { Unlabelled = validation, Count = 3, Loss = Nothing };
        var model = new NeuralNetworkRegressor(new NeuralNetworkOptions { EarlyStoppingPatience = 5, BatchSize = 8 }) { TrainingHook = hook };
        model.Train(train, validation, new RandomStream(1));
        Assert.That(hook.BestEpoch + 1, Is.EqualTo(model.TrainedEpochs));
        Assert.That(hook.BestEpoch, Is.LessThan(hook.LastEpoch));
    }

    [Test]
    public void WhatIsWrongWithAHookIsSaid()
    {
        DatasetView data = Toy.Classification(13);
        AssertThrows<InvalidOperationException>(new Hook { Unlabelled = data, Count = -1, Loss = Nothing }, "Hook wants -1 unlabelled items");
        AssertThrows<InvalidOperationException>(new Hook { Unlabelled = Toy.Classification(9, columns: 5), Count = 2, Loss = Nothing }, "have 5 features");
        AssertThrows<InvalidOperationException>(new Hook { Unlabelled = data, Count = 2, Next = 12, Beyond = true, Loss = Nothing }, "drew row 13");
        AssertThrows<ModelTrainingException>(
            new Hook { Unlabelled = data, Count = 2, Loss = (in EmbeddingBatch b, Span<float> _, Span<float> _) => b.Epoch == 2 ? double.NaN : 0 },
            "NaN in epoch 2");
        AssertThrows<ModelTrainingException>(
            new Hook
            {
                Unlabelled = data,
                Count = 2,
                Loss = (in EmbeddingBatch _, Span<float> _, Span<float> gradient) =>
                {
                    gradient[^1] = float.PositiveInfinity;
                    return 0;
                },
            },
            "gradient no number");

        void AssertThrows<TException>(Hook hook, string message)
            where TException : Exception
        {
            var model = new NeuralNetworkClassifier(Small) { TrainingHook = hook };
            Assert.That(() => model.Train(data, null, new RandomStream(1)), Throws.TypeOf<TException>().With.Message.Contains(message));
            Assert.That(model.IsTrained, Is.False);
        }
    }

    [Test]
    public void CancellationInMidEpochStopsAtTheNextStep()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        DatasetView data = Toy.Classification(20);
        var model = new NeuralNetworkClassifier(Small)
        {
            TrainingHook = new Hook
            {
                Unlabelled = data,
                Count = 2,
                Loss = (in EmbeddingBatch _, Span<float> _, Span<float> _) =>
                {
                    if (++steps == 3)
                    {
                        source.Cancel();
                    }

                    return 0;
                },
            },
        };
        Assert.That(() => model.Train(data, null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(steps, Is.EqualTo(3));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void StepsAllocateNothing([Values] bool withHead)
    {
        DatasetView data = Toy.Classification(50);
        Allocated(2);
        Assert.That(Allocated(102) - Allocated(2), Is.LessThan(15_000), "bytes for 100 epochs of 13 steps; each epoch is an object");

        long Allocated(int epochs)
        {
            var model = new NeuralNetworkClassifier(Small with { Epochs = epochs })
            {
                TrainingHook = new Hook { Unlabelled = data, Count = 6, AuxiliaryHead = withHead ? new AuxiliaryHead() : null, Loss = Nothing },
            };
            var random = new RandomStream(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Train(data, null, random);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>0.05 Σ (z − t)² over labelled ones + ½ ‖mean of unlabelled ones − mean of labelled ones‖².</summary>
    private static double FarFromAlike(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient)
    {
        int width = batch.Width, b = batch.LabelledRows.Length, u = batch.UnlabelledRows.Length;
        double loss = 0;
        for (int i = 0; i < batch.Labelled.Length; i++)
        {
            double error = batch.Labelled[i] - (0.1 * i) + 1;
            loss += 0.05 * error * error;
            labelledGradient[i] = (float)(0.1 * error);
        }

        for (int j = 0; j < width; j++)
        {
            double difference = 0;
            for (int i = j; i < batch.Unlabelled.Length; i += width)
            {
                difference += batch.Unlabelled[i] / u;
            }

            for (int i = j; i < batch.Labelled.Length; i += width)
            {
                difference -= batch.Labelled[i] / b;
            }

            loss += 0.5 * difference * difference;
            for (int i = j; i < batch.Unlabelled.Length; i += width)
            {
                unlabelledGradient[i] += (float)(difference / u);
            }

            for (int i = j; i < batch.Labelled.Length; i += width)
            {
                labelledGradient[i] -= (float)(difference / b);
            }
        }

        return loss;
    }

    private static double Nothing(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient) => 0;

    private delegate double EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient);

    /// <summary>Names the unlabelled items in turn.</summary>
    private sealed class Hook : IEmbeddingHook
    {
        public required EmbeddingLoss Loss { get; init; }

        public int Count { get; init; }

        public int Next { get; set; }

        public bool Beyond { get; init; }

        public int Begun { get; private set; }

        public ulong Drawn { get; private set; }

        public double LastLoss { get; private set; }

        public double LastHeadLoss { get; private set; }

        public int LastEpoch { get; private set; }

        public int BestEpoch { get; private set; }

        public DatasetView? Unlabelled { get; set; }

        public AuxiliaryHead? AuxiliaryHead { get; init; }

        public bool NeedsEpochOutputs => false;

        public int Begin(RandomStream random)
        {
            Begun++;
            Drawn = random.NextUInt64();
            return Count;
        }

        public void DrawUnlabelled(Span<int> rows)
        {
            for (int r = 0; r < rows.Length; r++)
            {
                rows[r] = Beyond ? Next : Next % Unlabelled!.Count;
                Next++;
            }
        }

        public double EmbeddingLoss(in EmbeddingBatch batch, Span<float> labelledGradient, Span<float> unlabelledGradient) =>
            LastLoss = Loss(in batch, labelledGradient, unlabelledGradient);

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
        {
            LastHeadLoss = 0;
            for (int i = 0; i < gradient.Length; i++)
            {
                double error = batch.Outputs[i] - (0.3 * i) + 1;
                LastHeadLoss += 0.05 * error * error;
                gradient[i] = (float)(0.1 * error);
            }

            return LastHeadLoss;
        }

        public void OnEpoch(TrainingEpoch epoch) => LastEpoch = epoch.Epoch;

        public void OnBest() => BestEpoch = LastEpoch;
    }
}
