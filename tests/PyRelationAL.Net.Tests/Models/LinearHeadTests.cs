using PyRelationAL.Models;

namespace PyRelationAL.Tests;

public sealed class LinearHeadTests
{
    [Test]
    public void AppliesWeightsAndBiases()
    {
        var head = new LinearHead(new double[] { 1, 2, 3, -1, 0, 4 }, new[] { 10.0, 20 });
        Assert.That((head.OutputCount, head.EmbeddingWidth), Is.EqualTo((2, 3)));
        Assert.That(head.Apply(FeatureMatrix.FromRows([[1, 1, 1], [0, 2, -1]])), Is.EqualTo(new[] { 16.0, 23, 11, 16 }));
        Assert.That(head.Apply(new FeatureMatrix(Array.Empty<float>(), 0, 3)), Is.Empty);
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.That(() => new LinearHead(new double[5], new double[2]), Throws.ArgumentException.With.Message.Contains("5 weights"));
        Assert.That(() => new LinearHead(new double[0], new double[0]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LinearHead(new[] { 1, double.NaN }, new double[1]), Throws.ArgumentException.With.Message.Contains("column 1"));
        var head = new LinearHead(new double[4], new double[2]);
        Assert.That(() => head.Apply(FeatureMatrix.FromRows([[1, 2, 3]])), Throws.ArgumentException.With.Message.Contains("expected 2"));
    }
}
