using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Tests;

public class MCDropoutTests
{
    /// <summary>Each kind of dropout between two linear layers; the two- and three-dimensional kinds drop whole channels.</summary>
    private static readonly Dictionary<string, Func<Module>> Kinds = new()
    {
        ["Dropout"] = () => TorchModels.Perceptron(2, 1),
        ["Dropout, in place"] = () => Sequential(Linear(2, 16), Dropout(0.3, inplace: true), Linear(16, 1)),
        ["Dropout1d"] = () => Sequential(Linear(2, 16), Unflatten(1, [4, 4]), Dropout1d(0.3), Flatten(), Linear(16, 1)),
        ["Dropout2d"] = () => Sequential(Linear(2, 16), Unflatten(1, [4, 2, 2]), Dropout2d(0.3), Flatten(), Linear(16, 1)),
        ["Dropout3d"] = () => Sequential(Linear(2, 16), Unflatten(1, [4, 2, 2, 1]), Dropout3d(0.3), Flatten(), Linear(16, 1)),
        ["AlphaDropout"] = () => Sequential(Linear(2, 16), AlphaDropout(0.3), Linear(16, 1)),
        ["two"] = () => Sequential(Dropout(0.2), Linear(2, 16), Tanh(), Dropout(0.3), Linear(16, 1)),
    };

    private static IEnumerable<string> KindNames => Kinds.Keys;

    [TestCaseSource(nameof(KindNames))]
    public void ConsistentMasksHoldForEveryRowInAnyOrderAndInBatchesOfAnySize(string kind)
    {
        DatasetView data = Toy.Regression(30), items = Toy.Regression(11, seed: 5);
        int[] order = [10, 3, 3, 0, 7, 1];
        using TorchMCDropoutRegressor model = Trained(512), small = Trained(4);
        double[] draws = Draw(model, items), permuted = Draw(model, items.SelectRows(order)), batched = Draw(small, items);
        Assert.That(draws.Chunk(11).Select(s => s[0]).Distinct().Count(), Is.GreaterThan(1), "masks differ");
        Assert.That(Draw(model, items), Is.EqualTo(draws));
        for (int m = 0; m < 6; m++)
        {
            for (int i = 0; i < order.Length; i++)
            {
                Assert.That(permuted[(m * order.Length) + i], Is.EqualTo(draws[(m * 11) + order[i]]).Within(1e-5));
            }
        }

        Assert.That(batched, Is.EqualTo(draws).Within(1e-5));

        TorchMCDropoutRegressor Trained(int batch)
        {
            var trained = new TorchMCDropoutRegressor(TorchModels.Regressing() with { Module = Kinds[kind], PredictionBatchSize = batch }, sampleCount: 6);
            trained.Train(data, null, new RandomStream(1));
            return trained;
        }
    }

    [Test]
    public void ASharedMaskDropsTheSameUnitsOfEveryRow()
    {
        // One layer of dropout alone: outputs are the inputs, kept and doubled or dropped.
        TorchOptions options = TorchModels.Classifying() with
        {
            Module = () => Sequential(Linear(3, 3), Dropout(0.5)),
            Optimiser = p => torch.optim.SGD(p, 0),
        };
        DatasetView data = Toy.Classification(20);
        double[] shared = LogitRatios(consistent: true), plain = LogitRatios(consistent: false);
        Assert.That(shared, Is.All.LessThan(1e-6), "rows with the same features get the same draw");
        Assert.That(plain.Max(), Is.GreaterThan(1e-3), "rows with the same features get draws of their own");

        double[] LogitRatios(bool consistent)
        {
            using var model = new TorchMCDropoutClassifier(options, sampleCount: 20, consistent);
            model.Train(data, null, new RandomStream(1));
            PosteriorClassSamples samples = model.SampleProbabilities(data.SelectRows([4, 4]), new RandomStream(2));
            return [.. Enumerable.Range(0, 20).Select(m => Math.Abs(samples.Row(m, 0)[0] - samples.Row(m, 1)[0]))];
        }
    }

    [Test]
    public void TheShareOfDroppedUnitsIsTheDropoutsOwn([Values] bool consistent)
    {
        // logit 0 = bias or 0: a draw says which.
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () => Sequential(Dropout(0.3), Linear(2, 1, hasBias: false)),
            StandardiseTargets = false,
            Epochs = 1,
        };
        using var model = new TorchMCDropoutRegressor(options, sampleCount: 2000, consistent);
        model.Train(Toy.FromRegression([[1, 0], [2, 0]], 1, 2), null, new RandomStream(1));
        double[] draws = Draw(model, Toy.FromRegression([[1, 0]], 1));
        Assert.That(draws.Count(d => d == 0) / 2000.0, Is.EqualTo(0.3).Within(0.04), "four standard errors");
        double[] kept = [.. draws.Where(d => d != 0).Distinct()];
        Assert.That(kept, Has.Length.EqualTo(1));
        float weight = model.Embed(Toy.FromRegression([[1, 0]], 1)).Values[0];
        Assert.That(weight, Is.EqualTo(1), "embeddings come without dropout");
    }

    [Test]
    public void ThePredictionIsTheSameAtEachCall()
    {
        using var model = new TorchMCDropoutClassifier(TorchModels.Classifying(), sampleCount: 7);
        DatasetView data = Toy.Classification(20);
        model.Train(data, null, new RandomStream(1));
        ClassProbabilities before = model.PredictProbabilities(data);
        model.SampleProbabilities(data, new RandomStream(3));
        Assert.That(model.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(before.Values.ToArray()));
        Assert.That(model.PredictProbabilities(data.SelectRows([3])).Row(0).ToArray(), Is.EqualTo(before.Row(3).ToArray()).Within(1e-6));
    }

    [Test]
    public void AModuleWithoutDropoutIsRefused()
    {
        using var model = new TorchMCDropoutRegressor(TorchModels.Regressing() with { Module = () => Linear(2, 1) });
        Assert.That(
            () => model.Train(Toy.Regression(10), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("no dropout"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void DropoutThatIsRunByForwardGivesPlainMasksOnly()
    {
        TorchOptions options = TorchModels.Regressing() with { Module = () => new RunsByForward() };
        using var shared = new TorchMCDropoutRegressor(options);
        using var plain = new TorchMCDropoutRegressor(options, consistent: false);
        DatasetView data = Toy.Regression(10);
        shared.Train(data, null, new RandomStream(1));
        plain.Train(data, null, new RandomStream(1));
        Assert.That(() => Draw(shared, data), Throws.InvalidOperationException.With.Message.Contains("call()"));
        Assert.That(Draw(plain, data).Chunk(10).Select(s => s[0]).Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void OnlyDropoutLeavesEvaluationMode()
    {
        TorchSharp.Modules.BatchNorm1d? norm = null;
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () => Sequential(Linear(2, 8), norm = BatchNorm1d(8), Dropout(0.3), Linear(8, 1)),
        };
        using var model = new TorchMCDropoutRegressor(options, sampleCount: 3, consistent: false);
        DatasetView data = Toy.Regression(20);
        model.Train(data, null, new RandomStream(1));
        float[] before = norm!.running_mean!.ToFeatureMatrix().Values.ToArray();
        Draw(model, data);
        Assert.That(norm.running_mean!.ToFeatureMatrix().Values.ToArray(), Is.EqualTo(before));
    }

    private static double[] Draw(TorchMCDropoutRegressor model, DatasetView items) => model.SampleValues(items, new RandomStream(5)).Values.ToArray();

    private sealed class RunsByForward : Module
    {
        private readonly Module _dropout = Dropout(0.5);
        private readonly Module _layer = Linear(2, 1);

        public RunsByForward()
            : base(nameof(RunsByForward))
        {
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _layer.forward(_dropout.forward(input));
    }
}
