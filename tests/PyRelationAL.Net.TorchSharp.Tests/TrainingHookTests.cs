using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace PyRelationAL.Tests;

[NonParallelizable]
public class TrainingHookTests
{
    [Test]
    public void AfterEachEpochTheHookSeesWhatTheModelWouldPredict()
    {
        var hook = new Recorder();
        DatasetView data = Toy.Classification(20);
        using var model = new TorchClassifier(TorchModels.Classifying()) { TrainingHook = hook };
        model.Train(data, null, new RandomStream(1));
        Assert.That(hook.Epochs.Select(e => e.Epoch), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(hook.Epochs[^1].Outputs.ToArray(), Is.EqualTo(model.PredictProbabilities(data).Values.ToArray()));
        Assert.That(hook.Epochs[0].Outputs.ToArray(), Is.Not.EqualTo(hook.Epochs[^1].Outputs.ToArray()));
        Assert.That(hook.Epochs, Has.All.Property(nameof(TrainingEpoch.Labelled)).SameAs(data));
        using var unwatched = new TorchClassifier(TorchModels.Classifying());
        unwatched.Train(data, null, new RandomStream(1));
        Assert.That(unwatched.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(hook.Epochs[^1].Outputs.ToArray()), "watching changes nothing");
        Assert.That(() => model.PredictAuxiliary(data), Throws.InvalidOperationException.With.Message.Contains("auxiliary head"));
    }

    [Test]
    public void TheAuxiliaryHeadIsTrainedAndChangesTheModuleUntilItsGradientIsStopped()
    {
        DatasetView data = Toy.Regression(40);
        float[] alone = Parameters(null), stopped = Parameters(Head(0)), joint = Parameters(Head(1));
        Assert.That(stopped, Is.EqualTo(alone));
        Assert.That(joint, Is.Not.EqualTo(alone));

        float[] Parameters(AuxiliaryHead? head)
        {
            using var model = new TorchRegressor(TorchModels.Regressing()) { TrainingHook = new Recorder { AuxiliaryHead = head } };
            model.Train(data, null, new RandomStream(1));
            return model.CopyParameters();
        }

        static AuxiliaryHead Head(double stopAfter) => new() { HiddenWidth = 8, StopGradientAfter = stopAfter };
    }

    [Test]
    public void AHeadOnNamedLayersLearnsWhatItIsTaught([Values] bool named)
    {
        DatasetView data = Toy.Regression(60);
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () => Sequential(("first", Linear(2, 16)), ("bend", Tanh()), ("second", Linear(16, 8)), ("curve", ReLU()), ("head", Linear(8, 1))),
            HiddenModules = named ? ["bend", "curve"] : null,
            Optimiser = p => torch.optim.Adam(p, lr: 0.01),
            Epochs = 150,
        };
        var teacher = new Teacher(data) { AuxiliaryHead = new AuxiliaryHead { OutputCount = 2, HiddenWidth = 16 } };
        using var model = new TorchRegressor(options) { TrainingHook = teacher };
        model.Train(data, null, new RandomStream(1));
        FeatureMatrix taught = model.PredictAuxiliary(data);
        Assert.That((taught.RowCount, taught.ColumnCount), Is.EqualTo((60, 2)));
        double error = Enumerable.Range(0, 60).Average(i => Math.Pow(taught.Row(i)[1] - data.Features.Row(i)[0], 2));
        Assert.That(error, Is.LessThan(0.3), "the first feature has variance 1");
        Assert.That(teacher.Seen, Is.EquivalentTo(Enumerable.Range(0, 60)));
        Assert.That(model.PredictAuxiliary(data.Slice(0, 0)).RowCount, Is.Zero);
    }

    [Test]
    public void TheRowsLossesAreTheModulesOwn()
    {
        DatasetView data = Toy.Regression(8);
        var hook = new Recorder { AuxiliaryHead = new AuxiliaryHead() };
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () => Sequential(Flatten(), Linear(2, 1)),
            Optimiser = p => torch.optim.SGD(p, 0),
            Epochs = 1,
            StandardiseTargets = false,
        };
        using var model = new TorchRegressor(options) { TrainingHook = hook };
        model.Train(data, null, new RandomStream(1));
        double[] predicted = model.PredictValues(data), values = data.Values();
        Assert.That(hook.Losses.OrderBy(l => l.Key).Select(l => l.Value), Is.EqualTo(predicted.Select((p, i) => Math.Pow(p - values[i], 2))).Within(1e-4));
    }

    [Test]
    public void AHeadLeavesNoTensorBehind()
    {
        DatasetView data = Toy.Classification(20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;
        using (var model = new TorchClassifier(TorchModels.Classifying()) { TrainingHook = new Recorder { AuxiliaryHead = new AuxiliaryHead() } })
        {
            model.Train(data, data, new RandomStream(1));
            model.PredictAuxiliary(data);
            Assert.That(torch.Tensor.TotalCount - before, Is.EqualTo(8), "two linear layers of the module, two of the head");
        }

        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
    }

    /// <summary>Pulls every output of the head up, whatever it is.</summary>
    private sealed class Recorder : ITrainingHook
    {
        public List<TrainingEpoch> Epochs { get; } = [];

        public Dictionary<int, double> Losses { get; } = [];

        public AuxiliaryHead? AuxiliaryHead { get; init; }

        public bool NeedsEpochOutputs => true;

        public void OnEpoch(TrainingEpoch epoch) => Epochs.Add(epoch);

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
        {
            for (int i = 0; i < batch.Rows.Length; i++)
            {
                Losses[batch.Rows[i]] = batch.Losses[i];
            }

            gradient.Fill(-1);
            return 0;
        }
    }

    /// <summary>Teaches the second output the items' first feature, by the squared error.</summary>
    private sealed class Teacher(DatasetView data) : ITrainingHook
    {
        public HashSet<int> Seen { get; } = [];

        public AuxiliaryHead? AuxiliaryHead { get; init; }

        public bool NeedsEpochOutputs => false;

        public void OnEpoch(TrainingEpoch epoch) => Assert.That(epoch.Outputs.Length, Is.Zero);

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient)
        {
            double loss = 0;
            for (int i = 0; i < batch.Rows.Length; i++)
            {
                Seen.Add(batch.Rows[i]);
                float difference = batch.Outputs[(i * 2) + 1] - data.Features.Row(batch.Rows[i])[0];
                gradient[(i * 2) + 1] = 2 * difference / batch.Rows.Length;
                loss += difference * difference / batch.Rows.Length;
            }

            return loss;
        }
    }
}
