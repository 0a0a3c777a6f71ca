using PyRelationAL.Adapters.Torch;
using PyRelationAL.Datasets;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Tests;

public class TensorConversionTests
{
    [Test]
    public void FeaturesGoThereAndBack()
    {
        FeatureMatrix features = Toy.Gaussian(7, 3, 1);
        using Tensor tensor = features.ToTensor();
        Assert.That(tensor.shape, Is.EqualTo(new long[] { 7, 3 }));
        Assert.That(tensor.dtype, Is.EqualTo(torch.float32));
        Assert.That(tensor[2, 1].ToDouble(), Is.EqualTo(features.Row(2)[1]));
        Assert.That(tensor.ToFeatureMatrix().Values.ToArray(), Is.EqualTo(features.Values.ToArray()));
        using Tensor transposed = tensor.t();
        Assert.That(transposed.ToFeatureMatrix().Row(1)[2], Is.EqualTo(features.Row(2)[1]), "not contiguous");
        using Tensor wide = tensor.to_type(torch.float64).reshape(7, 1, 3, 1);
        Assert.That(wide.ToFeatureMatrix().ColumnCount, Is.EqualTo(3));
    }

    [Test]
    public void DatasetsGoThereAndBack()
    {
        DatasetView classes = Toy.Classification(9), values = Toy.Regression(9);
        using (torch.NewDisposeScope())
        {
            InMemoryDataset back = classes.Features.ToTensor().ToDataset(classes.ToLabelTensor(), "back", classCount: 4);
            Assert.That(back.Task, Is.EqualTo(LearningTask.Classification(4)));
            Assert.That(DatasetView.All(back).ClassLabels(), Is.EqualTo(classes.ClassLabels()));
            Assert.That(back.Features.Values.ToArray(), Is.EqualTo(classes.Features.Values.ToArray()));
            back = values.Features.ToTensor().ToDataset(values.ToLabelTensor(), "back");
            Assert.That(DatasetView.All(back).Values(), Is.EqualTo(values.Values()).Within(1e-6));
        }
    }

    [Test]
    public void MissingLabelsComeBackAsMissing()
    {
        using (torch.NewDisposeScope())
        {
            Tensor x = Toy.Gaussian(3, 2, 1).ToTensor();
            InMemoryDataset classes = x.ToDataset(torch.tensor(new long[] { 1, -1, 0 }), "classes");
            InMemoryDataset values = x.ToDataset(torch.tensor(new[] { 1.5f, float.NaN, 0 }), "values");
            Assert.That(Enumerable.Range(0, 3).Select(i => classes.GetLabel(i).IsMissing), Is.EqualTo(new[] { false, true, false }));
            Assert.That(Enumerable.Range(0, 3).Select(i => values.GetLabel(i).IsMissing), Is.EqualTo(new[] { false, true, false }));
            Assert.That(classes.Task.ClassCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        using (torch.NewDisposeScope())
        {
            Assert.That(() => torch.tensor(1f).ToFeatureMatrix(), Throws.ArgumentException.With.Message.Contains("[N, ...]"));
            Assert.That(() => torch.tensor(new[] { 1f, float.NaN }).ToFeatureMatrix(), Throws.ArgumentException.With.Message.Contains("row 1"));
            Assert.That(() => torch.ones(3, 2).ToDataset(torch.ones(2), "d"), Throws.ArgumentException.With.Message.Contains("'d'"));
            DatasetView sets = DatasetView.All(
                new InMemoryDataset("sets", Toy.Gaussian(1, 2, 1), LearningTask.MultiLabel(2), [Label.OfClassSet([true, false])]));
            Assert.That(() => sets.ToLabelTensor(), Throws.ArgumentException.With.Message.Contains("multi-label"));
        }
    }

    [Test]
    public void NoRowsAreNoTrouble()
    {
        DatasetView none = Toy.Regression(3).Slice(0, 0);
        using Tensor x = none.Features.ToTensor(), y = none.ToLabelTensor();
        Assert.That((x.shape[0], x.shape[1], y.shape[0]), Is.EqualTo((0L, 2L, 0L)));
        Assert.That(x.ToFeatureMatrix().ColumnCount, Is.EqualTo(2));
    }
}
