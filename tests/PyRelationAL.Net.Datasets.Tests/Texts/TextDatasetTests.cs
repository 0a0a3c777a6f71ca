using PyRelationAL.Datasets;
using PyRelationAL.Tests.Formats;

namespace PyRelationAL.Tests.Texts;

public sealed class TextDatasetTests
{
    private static readonly string[] Four = ["good film", "bad film", "good", "bad"];

    private string _folder = string.Empty;

    public static TextDataset Of(IReadOnlyList<string> texts, HashedTfidf features) => new(
        "texts", texts, LearningTask.Classification(2), [.. Enumerable.Range(0, texts.Count).Select(i => Label.OfClass(i % 2))], features);

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("texts").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TextsFeaturesAndLabelsBelongTogether()
    {
        TextDataset texts = Of(Four, HashedTfidf.Fit(Four, new HashedTfidfOptions { LongestNgram = 1 }));
        Assert.That((texts.Count, texts.FeatureCount, texts.GetItem(1)), Is.EqualTo((4, 1024, "bad film")));
        FeatureMatrix some = new DatasetView(texts, new[] { 3, 0 }).Features;
        var bad = new float[1024];
        texts.CopyFeatures(3, bad);
        Assert.That(some.Row(0).SequenceEqual(bad), Is.True);
        Assert.That(bad.Where(v => v != 0).Select(Math.Abs), Is.EqualTo(new[] { 1f }));
        Assert.That(some.Row(1).ToArray().Count(v => v != 0), Is.EqualTo(2));

        TextDataset own = texts.WithOwnLabels();
        own.SetLabel(0, Label.Missing);
        Assert.That((texts.GetLabel(0), own.GetLabel(1)), Is.EqualTo((Label.OfClass(0), Label.OfClass(1))));
        Assert.That(() => own.SetLabel(0, Label.OfClass(2)), Throws.ArgumentException);
        Assert.That(texts.WithFeatures(HashedTfidf.Fit(Four, new HashedTfidfOptions { FeatureCount = 32 })).FeatureCount, Is.EqualTo(32));
        Assert.That(
            () => new TextDataset("t", Four, texts.Task, [], HashedTfidf.Fit(Four)), Throws.ArgumentException.With.Message.Contains("0 labels for 4 texts"));
    }

    [Test]
    public void EmbeddingsOfAFileReplaceTheFeatures()
    {
        TextDataset texts = Of(Four, HashedTfidf.Fit(Four)).WithEmbeddings(Put("f8.npy"));
        Assert.That((texts.FeatureCount, texts.GetItem(3), texts.GetLabel(3)), Is.EqualTo((3, "bad", Label.OfClass(1))));
        Assert.That(
            DatasetView.All(texts).Features.Values.ToArray(), Is.EqualTo(FormatFile.Table.SelectMany(row => row).Select(v => (float)v)));
    }

    [TestCase("cube.npy", "needs [4×D]")]
    [TestCase("i8.npy", "[1×3]; texts needs [4×D]")]
    [TestCase("complex.npy", "are not read")]
    public void OtherEmbeddingsAreRefused(string file, string message) => Assert.That(
        () => Of(Four, HashedTfidf.Fit(Four)).WithEmbeddings(Put(file)), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));

    [Test]
    public void EmbeddingsThatAreNotFiniteAreRefusedWithTheirPlace()
    {
        string[] one = ["a text"];
        Assert.That(
            () => Of(one, HashedTfidf.Fit(one)).WithEmbeddings(Put("nan.npy")),
            Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("row 0, column 1"));
        Assert.That(() => Of(one, HashedTfidf.Fit(one)).WithEmbeddings(Path.Combine(_folder, "none.npy")), Throws.InstanceOf<FileNotFoundException>());
    }

    private string Put(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, FormatFile.Bytes(name));
        return path;
    }
}
