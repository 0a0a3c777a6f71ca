using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace PyRelationAL.Tests;

/// <summary>Tensors are counted by TorchSharp itself; nothing else may make any meanwhile.</summary>
[NonParallelizable]
public class LiveTensorTests
{
    /// <summary>Weight and bias of two linear layers.</summary>
    private const int ModuleTensors = 4;

    [Test]
    public void ASingleModelLeavesNothingBehindButItsModule()
    {
        DatasetView data = Toy.Classification(20), validation = Toy.Classification(5, seed: 3);
        long before = Live();
        using var model = new TorchClassifier(TorchModels.Classifying());
        double[] weights = [.. Enumerable.Repeat(0.5, 60)];
        for (int round = 0; round < 2; round++)
        {
            model.Train(data, validation, new RandomStream(1));
            Assert.That(Live() - before, Is.EqualTo(ModuleTensors));
            model.PredictProbabilities(data);
            model.Embed(data);
            _ = model.Head;
            model.InputGradients(data.Features, weights);
            model.Gradient(data, weights);
            model.PerSampleGradients(data, weights);
            model.Outputs(data, model.CopyParameters());
            ((IModelManager)model).Evaluate(data);
            Assert.That(Live() - before, Is.EqualTo(ModuleTensors));
        }

        model.Reset();
        Assert.That(Live(), Is.EqualTo(before));
    }

    [Test]
    public void EnsemblesAndMCDropoutLeaveNothingBehindButTheirModules([Values] bool consistent)
    {
        DatasetView data = Toy.Regression(20);
        long before = Live();
        using (var ensemble = new TorchEnsembleRegressor(TorchModels.Regressing(), memberCount: 3))
        using (var dropout = new TorchMCDropoutRegressor(TorchModels.Regressing(), sampleCount: 4, consistent))
        {
            ensemble.Train(data, null, new RandomStream(1));
            dropout.Train(data, null, new RandomStream(1));
            ensemble.SampleValues(data, new RandomStream(2));
            dropout.SampleValues(data, new RandomStream(2));
            dropout.Embed(data);
            Assert.That(Live() - before, Is.EqualTo(4 * ModuleTensors));
        }

        Assert.That(Live(), Is.EqualTo(before));
    }

    [Test]
    public void ConvolutionsAndBuffersLeaveNothingBehind()
    {
        DatasetView images = Toy.Classification(6, columns: 3 * 8 * 8, classes: 2);
        long before = Live();
        using (var model = new TorchClassifier(
            new TorchOptions { Module = ResNet18.Factory(2), InputShape = [3, 8, 8], Epochs = 1, BatchSize = 3 }))
        {
            model.Train(images, images, new RandomStream(1));
            long module = Live() - before;
            model.Embed(images);
            model.InputGradients(images.Features, new double[12]);
            Assert.That(Live() - before, Is.EqualTo(module));
        }

        Assert.That(Live(), Is.EqualTo(before));
    }

    [Test]
    public void WhatFailsLeavesNothingBehind()
    {
        DatasetView data = Toy.Regression(20);
        long before = Live();
        using var source = new CancellationTokenSource();
        int steps = 0;
        TorchOptions cancelling = TorchModels.Regressing() with
        {
            Loss = (outputs, targets) =>
            {
                if (++steps == 2)
                {
                    source.Cancel();
                }

                return functional.mse_loss(outputs, targets);
            },
        };
        Assert.That(
            () => new TorchEnsembleRegressor(cancelling).Train(data, null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(steps, Is.EqualTo(2), "stopped in mid-epoch");
        TorchOptions misfit = TorchModels.Regressing() with { Module = () => Linear(7, 1) };
        Assert.That(() => new TorchRegressor(misfit).Train(data, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>());
        Assert.That(Live(), Is.EqualTo(before));
    }

    [Test]
    public void AModelOutlivesTheScopeThatItWasTrainedIn()
    {
        DatasetView data = Toy.Regression(20);
        using var model = new TorchRegressor(TorchModels.Regressing());
        using (torch.NewDisposeScope())
        {
            model.Train(data, null, new RandomStream(1));
        }

        Assert.That(model.PredictValues(data), Has.Length.EqualTo(20));
    }

    private static long Live()
    {
        // Finalisers of tensors that other tests dropped would change the count at any time.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
