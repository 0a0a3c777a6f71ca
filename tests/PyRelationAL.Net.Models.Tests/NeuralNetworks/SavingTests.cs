using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.NeuralNetworks;

public sealed class SavingTests
{
    private static readonly NeuralNetworkOptions Small =
        new() { HiddenWidths = [7, 9], Epochs = 5, Dropout = 0.2, Normalisation = NetworkNormalisation.Batch };

    [Test]
    public void AClassifierPredictsTheSameAfterSavingAndLoading()
    {
        DatasetView data = Toy.Classification(30);
        NeuralNetworkClassifier model = new(Small), copy = new(Small);
        model.Train(data, null, new RandomStream(1));
        copy.Load(Saved(model.Save));
        Assert.That(copy.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(model.PredictProbabilities(data).Values.ToArray()));
        Assert.That(copy.TrainedEpochs, Is.EqualTo(5));
    }

    [Test]
    public void RegressorsPredictTheSameAfterSavingAndLoading()
    {
        DatasetView data = Toy.Regression(30);
        NeuralNetworkRegressor value = new(Small), valueCopy = new(Small);
        value.Train(data, null, new RandomStream(1));
        valueCopy.Load(Saved(value.Save));
        Assert.That(valueCopy.PredictValues(data), Is.EqualTo(value.PredictValues(data)));
        MeanVarianceNetworkRegressor moments = new(Small), momentsCopy = new(Small);
        moments.Train(data, null, new RandomStream(1));
        momentsCopy.Load(Saved(moments.Save));
        Assert.That(momentsCopy.PredictGaussian(data).StandardDeviation.ToArray(), Is.EqualTo(moments.PredictGaussian(data).StandardDeviation.ToArray()));
    }

    [Test]
    public void EnsemblesPredictTheSameAfterSavingAndLoading()
    {
        var options = new NeuralNetworkEnsembleOptions { Network = Small, MemberCount = 3 };
        DatasetView classes = Toy.Classification(30), values = Toy.Regression(30);
        NeuralNetworkEnsembleClassifier classifier = new(options), classifierCopy = new(options);
        classifier.Train(classes, null, new RandomStream(1));
        classifierCopy.Load(Saved(classifier.Save));
        Assert.That(classifierCopy.PredictProbabilities(classes).Values.ToArray(), Is.EqualTo(classifier.PredictProbabilities(classes).Values.ToArray()));
        NeuralNetworkEnsembleRegressor regressor = new(options), regressorCopy = new(options);
        regressor.Train(values, null, new RandomStream(1));
        regressorCopy.Load(Saved(regressor.Save));
        Assert.That(
            regressorCopy.SampleValues(values, new RandomStream(2)).Values.ToArray(),
            Is.EqualTo(regressor.SampleValues(values, new RandomStream(2)).Values.ToArray()));
    }

    [Test]
    public void MasksAreTheSameAfterSavingAndLoading()
    {
        var options = new MCDropoutOptions { Network = Small };
        DatasetView classes = Toy.Classification(30), values = Toy.Regression(30);
        MCDropoutClassifier classifier = new(options), classifierCopy = new(options);
        classifier.Train(classes, null, new RandomStream(1));
        classifierCopy.Load(Saved(classifier.Save));
        Assert.That(classifierCopy.PredictProbabilities(classes).Values.ToArray(), Is.EqualTo(classifier.PredictProbabilities(classes).Values.ToArray()));
        MCDropoutRegressor regressor = new(options), regressorCopy = new(options);
        regressor.Train(values, null, new RandomStream(1));
        regressorCopy.Load(Saved(regressor.Save));
        Assert.That(
            regressorCopy.SampleValues(values, new RandomStream(2)).Values.ToArray(),
            Is.EqualTo(regressor.SampleValues(values, new RandomStream(2)).Values.ToArray()));
    }

    [Test]
    public void AnotherShapeOrKindAndDamageAreRefusedAndLeaveTheModelUntrained()
    {
        var model = new NeuralNetworkRegressor(Small);
        Assert.That(() => model.Save(new MemoryStream()), Throws.InvalidOperationException.With.Message.Contains("not trained"));
        model.Train(Toy.Regression(30), null, new RandomStream(1));
        byte[] bytes = Saved(model.Save).ToArray();
        var wider = new NeuralNetworkRegressor(Small with { HiddenWidths = [7, 10] });
        Assert.That(() => wider.Load(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("7-9").And.Message.Contains("7-10"));
        Assert.That(() => new NeuralNetworkClassifier(Small).Load(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => model.Load(new MemoryStream([1, 2, 3])), Throws.TypeOf<InvalidDataException>());
        Assert.That(model.IsTrained, Is.False);
        for (int length = 0; length < bytes.Length; length += 41)
        {
            Assert.That(() => model.Load(new MemoryStream(bytes[..length])), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
        }

        BitConverter.GetBytes(float.NaN).CopyTo(bytes, bytes.Length - 4);
        Assert.That(() => model.Load(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("NaN"));
    }

    private static MemoryStream Saved(Action<Stream> save)
    {
        var stream = new MemoryStream();
        save(stream);
        stream.Position = 0;
        return stream;
    }
}
