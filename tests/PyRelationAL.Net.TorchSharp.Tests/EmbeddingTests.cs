using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Tests;

public class EmbeddingTests
{
    [Test]
    public void TheHeadMapsEmbeddingsToLogits([Values(null, "activation", "dropout")] string? name)
    {
        using var model = new TorchClassifier(TorchModels.Classifying() with { EmbeddingModule = name });
        DatasetView data = Toy.Classification(30);
        model.Train(data, null, new RandomStream(1));
        FeatureMatrix embeddings = model.Embed(data);
        Assert.That((embeddings.RowCount, embeddings.ColumnCount), Is.EqualTo((30, 16)));
        Assert.That(embeddings.Values.ToArray(), Is.All.InRange(-1, 1), "what a tanh gives");
        Assert.That(model.Head.Apply(embeddings), Is.EqualTo(model.PredictLogits(data).Values.ToArray()).Within(1e-5));
        Assert.That(model.Embed(data.Slice(0, 0)).ColumnCount, Is.EqualTo(16));
    }

    [Test]
    public void TheHeadMapsEmbeddingsToValuesInTheTargetsUnits()
    {
        using var model = new TorchRegressor(TorchModels.Regressing());
        DatasetView data = Toy.Regression(30);
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.Head.Apply(model.Embed(data)), Is.EqualTo(model.PredictValues(data)).Within(1e-5));
    }

    [Test]
    public void GradientEmbeddingsFollowFromTheHead()
    {
        using var model = new TorchClassifier(TorchModels.Classifying());
        DatasetView data = Toy.Classification(12);
        model.Train(data, null, new RandomStream(1));
        QueryContext context = new(data, data.Slice(0, 3), model, new RandomStream(1));
        GradientEmbeddings gradients = context.GradientEmbeddings;
        ClassProbabilities p = model.PredictProbabilities(data);

        // The same by autograd: ∂ cross-entropy(x, ŷ)/∂ weights of the last layer.
        double[] weights = p.Values.ToArray();
        for (int i = 0; i < 12; i++)
        {
            weights[(i * 3) + p.ArgMax(i)] -= 1;
        }

        ParameterGroup head = model.Parameters.Groups.Single(g => g.Name == "head.weight");
        FeatureMatrix all = model.PerSampleGradients(data, weights);
        for (int i = 0; i < 12; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int d = 0; d < 16; d++)
                {
                    Assert.That(
                        gradients.OutputFactor(i)[c] * gradients.Embeddings.Row(i)[d],
                        Is.EqualTo(all.Row(i)[head.Start + (c * 16) + d]).Within(1e-5));
                }
            }
        }
    }

    [Test]
    public void NestedModulesAreNamedByTheirPath()
    {
        Module Create() => Sequential(("trunk", Sequential(("first", Linear(3, 8)), ("bend", ReLU()), ("second", Linear(8, 5)))), ("head", Linear(5, 3)));
        using var model = new TorchClassifier(TorchModels.Classifying() with { Module = Create, EmbeddingModule = "trunk.bend" });
        using var byDefault = new TorchClassifier(TorchModels.Classifying() with { Module = Create });
        DatasetView data = Toy.Classification(10);
        model.Train(data, null, new RandomStream(1));
        byDefault.Train(data, null, new RandomStream(1));
        Assert.That(model.Embed(data).ColumnCount, Is.EqualTo(8));
        Assert.That(() => model.Head, Throws.InvalidOperationException.With.Message.Contains("no linear map"));
        Assert.That(byDefault.Embed(data).ColumnCount, Is.EqualTo(5), "the linear module that runs last, not the one that is listed last");
        Assert.That(byDefault.Head.EmbeddingWidth, Is.EqualTo(5));
    }

    [Test]
    public void NamesThatAreNotThereAreRefusedWithThoseThatAre()
    {
        using var model = new TorchClassifier(TorchModels.Classifying() with { EmbeddingModule = "trunk" });
        DatasetView data = Toy.Classification(10);
        model.Train(data, null, new RandomStream(1));
        Assert.That(
            () => model.Embed(data), Throws.ArgumentException.With.Message.Contains("'trunk'").And.Message.Contains("hidden, activation, dropout, head"));
    }

    [Test]
    public void PartsThatAreNotRunByCallGiveNoEmbedding()
    {
        using var model = new TorchClassifier(TorchModels.Classifying() with { Module = () => new RunsByForward() });
        DatasetView data = Toy.Classification(10);
        model.Train(data, null, new RandomStream(1));
        Assert.That(() => model.Embed(data), Throws.InvalidOperationException.With.Message.Contains("call()"));
        Assert.That(() => model.Head, Throws.InvalidOperationException.With.Message.Contains("call()"));
    }

    [Test]
    public void NoHookStays()
    {
        using var model = new TorchClassifier(TorchModels.Classifying());
        DatasetView data = Toy.Classification(10);
        model.Train(data, null, new RandomStream(1));
        float[] once = model.Embed(data).Values.ToArray();
        model.Embed(data.Slice(0, 4));
        Assert.That(model.Embed(data).Values.ToArray(), Is.EqualTo(once));
    }

    private sealed class RunsByForward : Module
    {
        private readonly Module _layer = Linear(3, 3);

        public RunsByForward()
            : base(nameof(RunsByForward))
        {
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _layer.forward(input);
    }
}
