using PyRelationAL.ActiveLearning;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>Watching a training, and training an auxiliary head with it.</summary>
public sealed class TrainingHookTests
{
    private const int Rows = 6;

    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [8, 6], Epochs = 10, BatchSize = 4 };

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["plain"] = Net(l => [new ActivationLayer<Gelu>(l)]),
        ["ReLU"] = Net(l => [new ActivationLayer<Relu>(l)]),
        ["layer normalisation, dropout"] = Net(l => [new LayerNormalisationLayer(l), new ActivationLayer<Elu>(l), new DropoutLayer(l, 0.4, 0)]),
        ["batch normalisation"] = Net(l => [new BatchNormalisationLayer(l), new ActivationLayer<HyperbolicTangent>(l)]),
        ["sigmoid, dropout"] = Net(l => [new ActivationLayer<Sigmoid>(l), new DropoutLayer(l, 0.2, 0)]),
    };

    private static IEnumerable<string> NetworkNames => Networks.Keys;

    [TestCaseSource(nameof(NetworkNames))]
    public void TheJointGradientAgreesWithDifferences(string name)
    {
        Network network = Networks[name];
        var head = new AuxiliaryNetwork(network, new AuxiliaryHead { HiddenWidth = 5, OutputCount = 2 });
        float[] numbers = network.Initialise(new RandomStream(3)), headNumbers = head.Initialise(new RandomStream(4));
        NetworkWorkspace main = new(network, Rows, training: true);
        var workspace = new AuxiliaryWorkspace(head, Rows, training: true);
        var random = new RandomStream(5);
        float[] inputs = new float[main.Values[0].Length], outputs = new float[Rows * 2], outputGradient = new float[Rows * 2];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = i % network.Layers[0].InputStride < 3 ? (float)random.NextGaussian() : 0;
        }

        var loss = new CrossEntropyLoss([0, 1, 1, 0, 1, 0], 2, null);
        int[] items = [0, 1, 2, 3, 4, 5];
        Total(withGradient: true);
        float[] gradient = new float[network.TrainableCount], headGradient = new float[head.TrainableCount];
        head.Backward(workspace, headNumbers, Rows, outputGradient, headGradient, intoNetwork: true);
        network.Backward(main, numbers, Rows, gradient, added: workspace.Added);
        AssertSlopes(gradient, numbers, "parameter");
        AssertSlopes(headGradient, headNumbers, "parameter of the head");

        void AssertSlopes(float[] gradients, float[] values, string what)
        {
            // Small, since the head has kinks.
            const float Step = 1f / 4096;
            for (int i = 0; i < gradients.Length; i++)
            {
                float value = values[i];
                values[i] = value + Step;
                double above = Total(withGradient: false);
                values[i] = value - Step;
                double slope = (above - Total(withGradient: false)) / (2 * Step);
                values[i] = value;
                // Where the parameter is padding, neither side changes anything: weights and biases there reach no output.
                Assert.That(gradients[i], Is.EqualTo(slope).Within(2e-3), $"{what} {i}");
            }
        }

        double Total(bool withGradient)
        {
            inputs.CopyTo(main.Values[0], 0);
            float[] copy = [.. numbers];
            Span<float> z = network.Forward(main, copy, Rows, PassMode.Training, new RandomStream(9));
            double sum = loss.Evaluate(items, z, network.OutputStride, withGradient ? main.Gradients[^1].AsSpan(0, z.Length) : []);
            head.Forward(main, workspace, headNumbers, Rows, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                double error = outputs[i] - (0.3 * i) + 1;
                sum += 0.05 * error * error;
                outputGradient[i] = (float)(0.1 * error);
            }

            return sum;
        }
    }

    [Test]
    public void WatchingChangesNoBit([Values] bool needsOutputs)
    {
        DatasetView data = Toy.Classification(30), validation = Toy.Classification(9, seed: 5);
        NeuralNetworkOptions options = Small with { Dropout = 0.2, Normalisation = NetworkNormalisation.Batch };
        NeuralNetworkClassifier plain = new(options), watched = new(options) { TrainingHook = new Hook { NeedsEpochOutputs = needsOutputs } };
        plain.Train(data, validation, new RandomStream(1));
        watched.Train(data, validation, new RandomStream(1));
        Assert.That(watched.CopyParameters(), Is.EqualTo(plain.CopyParameters()));
        Assert.That(watched.PredictLogits(data).Values.ToArray(), Is.EqualTo(plain.PredictLogits(data).Values.ToArray()));
        Assert.That(((Hook)watched.TrainingHook).Epochs.All(e => e.Length == (needsOutputs ? 90 : 0)), Is.True);
    }

    [Test]
    public void TheOutputsOfAnEpochAreThePredictionsOfAModelTrainedSoLong()
    {
        DatasetView classes = Toy.Classification(30), values = Toy.Regression(30);
        var masks = new MCDropoutOptions { Network = Small with { Dropout = 0.3 }, SampleCount = 7 };
        AssertEpochs(e => new NeuralNetworkClassifier(Small with { Epochs = e }), classes, m => m.PredictProbabilities(classes).Values.ToArray());
        AssertEpochs(e => new NeuralNetworkRegressor(Small with { Epochs = e }), values, m => m.PredictValues(values));
        AssertEpochs(e => new MeanVarianceNetworkRegressor(Small with { Epochs = e }), values, m => m.PredictGaussian(values).Mean.ToArray());
        AssertEpochs(
            e => new MCDropoutClassifier(masks with { Network = masks.Network with { Epochs = e } }),
            classes,
            m => m.PredictProbabilities(classes).Values.ToArray());
        AssertEpochs(
            e => new MCDropoutRegressor(masks with { Network = masks.Network with { Epochs = e } }),
            values,
            m => m.SampleValues(values, new RandomStream(unchecked((long)new RandomStream(1).Child("prediction masks").NextUInt64())))
                .Moments().Mean.ToArray());

        static void AssertEpochs<TModel>(Func<int, TModel> create, DatasetView data, Func<TModel, double[]> predict)
            where TModel : IModelManager, ITrainingHooks
        {
            var hook = new Hook { NeedsEpochOutputs = true };
            TModel model = create(5);
            model.TrainingHook = hook;
            model.Train(data, null, new RandomStream(1));
            Assert.That(hook.Epochs, Has.Count.EqualTo(5));
            for (int e = 1; e <= 5; e += 2)
            {
                TModel other = create(e);
                other.Train(data, null, new RandomStream(1));
                Assert.That(hook.Epochs[e - 1], Is.EqualTo(predict(other)), $"{typeof(TModel).Name}, epoch {e}");
            }
        }
    }

    [Test]
    public void AHeadIsToldWhoseLossesItSees()
    {
        DatasetView data = Toy.Classification(11);
        var seen = new List<(int Epoch, int[] Rows, double[] Losses)>();
        var hook = new Hook
        {
            AuxiliaryHead = new AuxiliaryHead { OutputCount = 2, HiddenWidth = 3 },
            Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
            {
                seen.Add((batch.Epoch, batch.Rows.ToArray(), batch.Losses.ToArray()));
                Assert.That(batch.Outputs.Length, Is.EqualTo(2 * batch.Rows.Length));
                Assert.That(gradient.ToArray(), Is.EqualTo(new float[2 * batch.Rows.Length]));
                return 0;
            },
        };
        // A learning rate of next to nothing: the losses stay those of the first network.
        NeuralNetworkOptions options = Small with { Epochs = 2, ClassWeights = [1, 2, 3], Optimiser = new SgdOptimiser { LearningRate = 1e-12 } };
        var model = new NeuralNetworkClassifier(options) { TrainingHook = hook };
        model.Train(data, null, new RandomStream(1));
        Assert.That(seen.Select(s => s.Epoch), Is.EqualTo(new[] { 0, 0, 0, 1, 1, 1 }));
        Assert.That(seen.Select(s => s.Rows.Length), Is.EqualTo(new[] { 4, 4, 3, 4, 4, 3 }));
        Assert.That(seen.Take(3).SelectMany(s => s.Rows), Is.EquivalentTo(Enumerable.Range(0, 11)));
        int[] labels = data.ClassLabels();
        var probabilities = model.PredictProbabilities(data);
        foreach ((_, int[] rows, double[] losses) in seen)
        {
            Assert.That(losses, Is.EqualTo(rows.Select(r => -(labels[r] + 1) * Math.Log(probabilities.Row(r)[labels[r]]))).Within(1e-5));
        }
    }

    [Test]
    public void AHeadLearnsJointly([Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Toy.Regression(60), items = Toy.Regression(20, seed: 8);
        var model = new NeuralNetworkRegressor(Small with { Epochs = 300, BatchSize = 20, Normalisation = normalisation })
        {
            TrainingHook = SquareOfFirstFeature(data, new AuxiliaryHead { HiddenWidth = 16, StopGradientAfter = 1 }),
        };
        model.Train(data, null, new RandomStream(1));
        double[] targets = [.. Enumerable.Range(0, 20).Select(i => Math.Pow(items.Features.Row(i)[0], 2))];
        float[] predicted = model.PredictAuxiliary(items).Values.ToArray();
        double error = predicted.Zip(targets, (p, t) => Math.Pow(p - t, 2)).Average();
        double variance = targets.Average(t => Math.Pow(t - targets.Average(), 2));
        Assert.That(error, Is.LessThan(0.3 * variance));
        var parallel = new NeuralNetworkRegressor(Small with { Epochs = 300, BatchSize = 20, Normalisation = normalisation, MaxDegreeOfParallelism = 3 })
        {
            TrainingHook = SquareOfFirstFeature(data, model.TrainingHook.AuxiliaryHead!),
        };
        parallel.Train(data, null, new RandomStream(1));
        Assert.That(parallel.PredictAuxiliary(items).Values.ToArray(), Is.EqualTo(predicted), "equal streams give equal bits");
    }

    [TestCase(0, true)]
    [TestCase(0.5, true)]
    [TestCase(0.6, false)]
    [TestCase(1, false)]
    public void TheGradientStopsAfterItsShareOfTheEpochs(double share, bool unchanged)
    {
        // The head's loss has a gradient from epoch 5 of 10 on.
        DatasetView data = Toy.Classification(30);
        NeuralNetworkClassifier plain = new(Small), joint = new(Small), other = new(Small);
        joint.TrainingHook = Pull(from: 5, share);
        plain.Train(data, null, new RandomStream(1));
        joint.Train(data, null, new RandomStream(1));
        Assert.That(joint.CopyParameters().SequenceEqual(plain.CopyParameters()), Is.EqualTo(unchanged));
        other.TrainingHook = Pull(from: 10, share);
        other.Train(data, null, new RandomStream(1));
        Assert.That(other.CopyParameters(), Is.EqualTo(plain.CopyParameters()));
        Assert.That(joint.PredictAuxiliary(data).Values.ToArray(), Is.Not.EqualTo(other.PredictAuxiliary(data).Values.ToArray()), "the head learns on");

        static Hook Pull(int from, double share) => new()
        {
            AuxiliaryHead = new AuxiliaryHead { HiddenWidth = 4, StopGradientAfter = share },
            Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
            {
                gradient.Fill(batch.Epoch >= from ? 1 : 0);
                return 1;
            },
        };
    }

    [Test]
    public void TheLossWeightScalesTheGradient()
    {
        // Plain gradient descent: half the loss at twice the weight is the same.
        DatasetView data = Toy.Regression(20);
        NeuralNetworkRegressor one = Trained(2, 0.5f), other = Trained(1, 1), none = Trained(0, 1);
        Assert.That(one.CopyParameters(), Is.EqualTo(other.CopyParameters()));
        Assert.That(none.CopyParameters(), Is.Not.EqualTo(other.CopyParameters()));

        NeuralNetworkRegressor Trained(double weight, float scale)
        {
            var model = new NeuralNetworkRegressor(Small with { Optimiser = new SgdOptimiser { Momentum = 0 } })
            {
                TrainingHook = new Hook
                {
                    AuxiliaryHead = new AuxiliaryHead { HiddenWidth = 4, LossWeight = weight },
                    Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
                    {
                        gradient.Fill(scale);
                        return 1;
                    },
                },
            };
            model.Train(data, null, new RandomStream(1));
            return model;
        }
    }

    [Test]
    public void ValidationRestoresTheHeadOfTheBestEpochToo()
    {
        DatasetView train = Toy.Regression(30, noise: 3), validation = Toy.Regression(20, noise: 3, seed: 6);
        NeuralNetworkRegressor stopping = Trained(new NeuralNetworkOptions { EarlyStoppingPatience = 5, BatchSize = 8 }, validation);
        int best = stopping.TrainedEpochs!.Value;
        Assert.That(best, Is.LessThan(190));
        NeuralNetworkRegressor exact = Trained(new NeuralNetworkOptions { Epochs = best, BatchSize = 8 }, null);
        Assert.That(stopping.CopyParameters(), Is.EqualTo(exact.CopyParameters()));
        Assert.That(stopping.PredictAuxiliary(validation).Values.ToArray(), Is.EqualTo(exact.PredictAuxiliary(validation).Values.ToArray()));

        NeuralNetworkRegressor Trained(NeuralNetworkOptions options, DatasetView? stoppingSet)
        {
            var model = new NeuralNetworkRegressor(options) { TrainingHook = SquareOfFirstFeature(train, new AuxiliaryHead { StopGradientAfter = 1 }) };
            model.Train(train, stoppingSet, new RandomStream(1));
            return model;
        }
    }

    [Test]
    public void ALossOrGradientOfTheHeadThatIsNoNumberEndsTheTraining()
    {
        AssertDiverges((in AuxiliaryBatch batch, Span<float> gradient) => batch.Epoch == 2 ? double.NaN : 0, "auxiliary loss became NaN in epoch 2");
        AssertDiverges(
            (in AuxiliaryBatch batch, Span<float> gradient) =>
            {
                gradient[^1] = float.PositiveInfinity;
                return 1;
            },
            "gradient of the auxiliary loss");

        static void AssertDiverges(HeadLoss loss, string message)
        {
            var hook = new Hook { AuxiliaryHead = new AuxiliaryHead { HiddenWidth = 4 }, Loss = loss };
            var model = new NeuralNetworkClassifier(Small) { TrainingHook = hook };
            Assert.That(
                () => model.Train(Toy.Classification(13), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains(message));
            Assert.That(model.IsTrained, Is.False);
        }
    }

    [Test]
    public void CancellationInMidEpochStopsAtTheNextStep()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        var model = new NeuralNetworkClassifier(Small)
        {
            TrainingHook = new Hook
            {
                AuxiliaryHead = new AuxiliaryHead(),
                Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
                {
                    if (++steps == 3)
                    {
                        source.Cancel();
                    }

                    return 0;
                },
            },
        };
        Assert.That(() => model.Train(Toy.Classification(30), null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(steps, Is.EqualTo(3));
        Assert.That(model.IsTrained, Is.False);
        Assert.That(() => model.PredictLogits(Toy.Classification(3)), Throws.InvalidOperationException);
    }

    [Test]
    public void WithoutAHeadThereIsNothingToPredict()
    {
        DatasetView data = Toy.Classification(20);
        var model = new NeuralNetworkClassifier(Small);
        Assert.That(() => model.PredictAuxiliary(data), Throws.InvalidOperationException.With.Message.Contains("not trained"));
        model.Train(data, null, new RandomStream(1));
        Assert.That(() => model.PredictAuxiliary(data), Throws.InvalidOperationException.With.Message.Contains("no auxiliary head"));
        var hook = new Hook(keep: false)
        {
            AuxiliaryHead = new AuxiliaryHead { OutputCount = 3 },
            Loss = (in AuxiliaryBatch batch, Span<float> gradient) => 0,
        };
        model.TrainingHook = hook;
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictAuxiliary(data.Slice(0, 7)).Values.Length, Is.EqualTo(21));
        Assert.That(model.PredictAuxiliary(data.Slice(0, 0)).RowCount, Is.Zero);
        using var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        model.Load(stream);
        Assert.That(() => model.PredictAuxiliary(data), Throws.InvalidOperationException.With.Message.Contains("loaded"));
        model.Reset();
        Assert.That(model.TrainingHook, Is.SameAs(hook));
        var linear = new NeuralNetworkClassifier(Small with { HiddenWidths = [] }) { TrainingHook = hook };
        Assert.That(() => linear.Train(data, null, new RandomStream(1)), Throws.InvalidOperationException.With.Message.Contains("HiddenWidths"));
    }

    [Test]
    public void BatchesOfOneAndOneLabelledItemAreEnoughForAHead([Values] NetworkNormalisation normalisation, [Values(1, 5)] int count)
    {
        DatasetView data = Toy.Regression(count);
        var model = new MCDropoutRegressor(new MCDropoutOptions { Network = Small with { Normalisation = normalisation, Dropout = 0.2, BatchSize = 1 } })
        {
            TrainingHook = SquareOfFirstFeature(data, new AuxiliaryHead()),
        };
        model.Train(data, Toy.Regression(1, seed: 4), new RandomStream(1));
        Assert.That(model.PredictAuxiliary(Toy.Regression(9, seed: 7)).Values.ToArray(), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void AStrategysHeadIsTrainedAndAskedInAPipeline()
    {
        DatasetView data = Toy.Classification(60);
        var manager = new DataManager(
            data.Dataset,
            new DataSplit { Train = [.. Enumerable.Range(0, 40)], Test = [.. Enumerable.Range(40, 20)], Labelled = [.. Enumerable.Range(0, 9)] });
        var pipeline = new ActiveLearningPipeline(manager, new NeuralNetworkClassifier(Small), new LargestPredictedLoss());
        pipeline.Run(rounds: 3, batchSize: 4);
        Assert.That(manager.LabelledCount, Is.EqualTo(21));
        var badge = new ActiveLearningPipeline(manager, new LogisticRegression(), new BADGEStrategy());
        badge.Run(rounds: 2, batchSize: 4);
        Assert.That(manager.LabelledCount, Is.EqualTo(29));
    }

    [Test]
    public void JointStepsAllocateNothing()
    {
        DatasetView data = Toy.Classification(50), validation = Toy.Classification(20, seed: 5);
        Allocated(2);
        Assert.That(Allocated(102) - Allocated(2), Is.LessThan(15_000), "bytes for 100 epochs of 13 steps; each epoch is an object");

        long Allocated(int epochs)
        {
            var model = new NeuralNetworkClassifier(Small with { Epochs = epochs, WeightDecay = 1e-3, EarlyStoppingPatience = 1000 })
            {
                TrainingHook = new Hook(keep: false) { AuxiliaryHead = new AuxiliaryHead(), Loss = (in AuxiliaryBatch batch, Span<float> gradient) => 0 },
            };
            var random = new RandomStream(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Train(data, validation, random);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static Network Net(Func<int, Layer[]> hidden) =>
        new([new DenseLayer(3, 9), .. hidden(9), new DenseLayer(9, 4), .. hidden(4), new DenseLayer(4, 2)]);

    /// <summary>A head that learns the square of an item's first feature.</summary>
    private static Hook SquareOfFirstFeature(DatasetView data, AuxiliaryHead head) => new()
    {
        AuxiliaryHead = head,
        Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
        {
            double sum = 0;
            for (int r = 0; r < batch.Rows.Length; r++)
            {
                float error = batch.Outputs[r] - (float)Math.Pow(data.Features.Row(batch.Rows[r])[0], 2);
                sum += error * error / batch.Rows.Length;
                gradient[r] = 2 * error / batch.Rows.Length;
            }

            return sum;
        },
    };

    private sealed class LargestPredictedLoss : Strategy, ITrainingParticipant
    {
        public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.TrainingHooks);

        public ITrainingHook CreateTrainingHook(LearningTask task) => new Hook(keep: false)
        {
            AuxiliaryHead = new AuxiliaryHead(),
            Loss = (in AuxiliaryBatch batch, Span<float> gradient) =>
            {
                double sum = 0;
                for (int r = 0; r < gradient.Length; r++)
                {
                    double error = batch.Outputs[r] - batch.Losses[r];
                    sum += error * error / gradient.Length;
                    gradient[r] = (float)(2 * error / gradient.Length);
                }

                return sum;
            },
        };

        protected override Batch Select(QueryContext context, int count)
        {
            float[] predicted = context.AuxiliaryOutputs.Values.ToArray();
            return new([.. Enumerable.Range(0, predicted.Length).OrderByDescending(i => predicted[i]).Take(count)]);
        }
    }

    private delegate double HeadLoss(in AuxiliaryBatch batch, Span<float> gradient);

    private sealed class Hook(bool keep = true) : ITrainingHook
    {
        public AuxiliaryHead? AuxiliaryHead { get; init; }

        public bool NeedsEpochOutputs { get; init; }

        public HeadLoss? Loss { get; init; }

        public List<double[]> Epochs { get; } = [];

        public void OnEpoch(TrainingEpoch epoch)
        {
            if (keep)
            {
                Assert.That(epoch.Epoch, Is.EqualTo(Epochs.Count));
                Epochs.Add(epoch.Outputs.ToArray());
            }
        }

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient) => Loss!(in batch, gradient);
    }
}
