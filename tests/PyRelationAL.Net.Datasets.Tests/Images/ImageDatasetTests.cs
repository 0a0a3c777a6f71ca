using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Images;

public sealed class ImageDatasetTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 10))];

    private static ImageDataset Small => new("small", Pixels, 2, 1, 3, LearningTask.Classification(2), [.. new[] { 0, 1, 0, 1 }.Select(Label.OfClass)]);

    [Test]
    public void FeaturesAreBytesOver255()
    {
        ImageDataset images = Small;
        Assert.That((images.Count, images.FeatureCount, images.Channels, images.Height, images.Width), Is.EqualTo((4, 6, 2, 1, 3)));
        Assert.That(DatasetView.All(images).Features.Values.ToArray(), Is.EqualTo(Pixels.Select(p => p / 255f)));
        var row = new float[6];
        images.CopyFeatures(2, row);
        Assert.That(row, Is.EqualTo(images.GetFeatures([2]).Values.ToArray()));
        Assert.That(images.GetItem(3).ToArray(), Is.EqualTo(Pixels[18..]));
    }

    [Test]
    public void LabelsAreItsOwnAndPicturesShared()
    {
        ImageDataset images = Small, own = images.WithOwnLabels();
        own.SetLabel(1, Label.Missing);
        Assert.That(images.GetLabel(1), Is.EqualTo(Label.OfClass(1)));
        Assert.That(own.GetItem(0), Is.EqualTo(images.GetItem(0)));
        Assert.That(() => own.SetLabel(0, Label.OfClass(2)), Throws.ArgumentException);
    }

    [Test]
    public void WrongSizesAreRefused()
    {
        LearningTask task = LearningTask.Classification(2);
        Assert.That(
            () => new ImageDataset("small", Pixels, 2, 2, 3, task, [Label.OfClass(0)]),
            Throws.ArgumentException.With.Message.Contains("24 bytes for 1 images of 2×2×3; 12 are needed"));
        Assert.That(() => new ImageDataset("small", Pixels, 0, 1, 3, task, []), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ImageDataset("small", Pixels, 24, 1, 1, task, [Label.OfClass(2)]), Throws.ArgumentException);
    }

    [Test]
    public void ABenchmarkTaskStandardisesWithoutACopyAndToTheSameBits()
    {
        ImageDataset images = RandomImages();
        var inMemory = new InMemoryDataset(
            "small", DatasetView.All(images).Features, images.Task, [.. Enumerable.Range(0, images.Count).Select(images.GetLabel)]);
        DataManager lazy = TaskOf(images).CreateDataManager(3), copied = TaskOf(inMemory).CreateDataManager(3);
        Assert.That(lazy.Dataset, Is.InstanceOf<StandardisedDataset>());
        Assert.That(lazy.LabelledIndices, Is.EqualTo(copied.LabelledIndices));
        Assert.That(lazy.TrainView().Features.Values.SequenceEqual(copied.TrainView().Features.Values), Is.True);
        Assert.That(lazy.TestView().Features.Values.SequenceEqual(copied.TestView().Features.Values), Is.True);

        static BenchmarkTask TaskOf(IDataset dataset) => new(
            new DatasetSource(DatasetSource.Of(dataset).Info, _ => dataset), new WarmStart(), FoldIndex: 1);
    }

    private static ImageDataset RandomImages()
    {
        var random = new PyRelationAL.Numerics.RandomStream(5);
        byte[] pixels = [.. Enumerable.Range(0, 60 * 12).Select(i => i % 12 == 3 ? (byte)9 : (byte)random.NextInt32(256))];
        return new ImageDataset("small", pixels, 3, 2, 2, LearningTask.Classification(2), [.. Enumerable.Range(0, 60).Select(i => Label.OfClass(i % 2))]);
    }
}
