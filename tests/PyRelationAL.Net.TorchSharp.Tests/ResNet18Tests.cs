using PyRelationAL.Adapters.Torch;
using PyRelationAL.Numerics;
using TorchSharp;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Tests;

public class ResNet18Tests
{
    [Test]
    public void HasTheSizeOfTheOriginalForCifar()
    {
        using var network = new ResNet18(10);

        // Convolutions, two numbers for each normalised channel, and the classifier, added up by hand from the paper's table 1 and its CIFAR stem.
        Assert.That(network.parameters().Sum(p => p.numel()), Is.EqualTo(11_173_962));
        using (torch.NewDisposeScope())
        {
            network.eval();
            Tensor images = torch.zeros(2, 3, 32, 32);
            Assert.That(network.call(images).shape, Is.EqualTo(new long[] { 2, 10 }));
        }
    }

    [Test]
    public void LearnsRedAndBlue()
    {
        // Images with more red or more blue, and noise.
        FeatureMatrix noise = Toy.Gaussian(24, 3 * 8 * 8, 1);
        float[] pixels = [.. noise.Values.ToArray().Select((v, i) => (0.1f * v) + (i / 64 % 3 == i / 192 % 2 * 2 ? 2 : 0))];
        DatasetView images = DatasetView.All(Datasets.InMemoryDataset.ForClassification(
            "colours", new FeatureMatrix(pixels, 24, 192), [.. Enumerable.Range(0, 24).Select(i => i % 2)]));
        var losses = new List<double>();
        using var model = new TorchClassifier(new TorchOptions
        {
            Module = ResNet18.Factory(classCount: 2),
            InputShape = [3, 8, 8],
            Loss = (outputs, targets) =>
            {
                Tensor loss = functional.cross_entropy(outputs, targets);
                losses.Add(loss.ToDouble());
                return loss;
            },
            Epochs = 6,
            BatchSize = 8,
        });
        model.Train(images.Slice(0, 16), null, new RandomStream(1));
        Assert.That(losses[^2..].Average(), Is.LessThan(0.5 * losses[..2].Average()));
        FeatureMatrix embeddings = model.Embed(images.Slice(16, 8));
        Assert.That(embeddings.ColumnCount, Is.EqualTo(512));
        Assert.That(model.Head.Apply(embeddings), Is.EqualTo(model.PredictLogits(images.Slice(16, 8)).Values.ToArray()).Within(1e-3));
    }
}
