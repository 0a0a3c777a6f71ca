using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Texts;

/// <summary>Against the numbers of scikit-learn that Golden/hashed_tfidf.py writes.</summary>
public sealed class HashedTfidfTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "hashed_tfidf.json"))).RootElement;

    private static IEnumerable<TestCaseData> Hashes => Golden.GetProperty("hashes").EnumerateArray()
        .Select((h, i) => new TestCaseData(h.GetProperty("text").GetString(), h.GetProperty("hash").GetInt32()).SetArgDisplayNames($"{i}"));

    private static IEnumerable<TestCaseData> Cases => Golden.GetProperty("cases").EnumerateArray()
        .Select(c => new TestCaseData(c).SetArgDisplayNames($"{c.GetProperty("dimension")}", $"{c.GetProperty("longest")}"));

    [TestCaseSource(nameof(Hashes))]
    public void HashesAreThoseOfScikitLearn(string text, int expected) =>
        Assert.That(MurmurHash3.Hash(Encoding.UTF8.GetBytes(text)), Is.EqualTo(expected));

    [TestCaseSource(nameof(Cases))]
    public void FeaturesAreThoseOfScikitLearn(JsonElement expected)
    {
        string[] train = Strings("train"), other = Strings("new");
        var options = new HashedTfidfOptions
        {
            FeatureCount = expected.GetProperty("dimension").GetInt32(),
            LongestNgram = expected.GetProperty("longest").GetInt32(),
        };
        HashedTfidf features = HashedTfidf.Fit(train, options);
        Assert.That(
            features.InverseDocumentFrequencies, Is.EqualTo(expected.GetProperty("idf").EnumerateArray().Select(v => v.GetDouble())).Within(1e-14));
        RequireRows(features, train, expected.GetProperty("train"));
        RequireRows(features, other, expected.GetProperty("new"));
    }

    [Test]
    public void ATextOfItsOwnIsWhatItIsInADataset()
    {
        string[] texts = Strings("train");
        HashedTfidf features = HashedTfidf.Fit(texts);
        TextDataset dataset = TextDatasetTests.Of(texts, features);
        var one = new float[1024];
        for (int i = 0; i < texts.Length; i++)
        {
            Array.Fill(one, 7);
            features.Transform(texts[i], one);
            Assert.That(DatasetView.All(dataset).Features.Row(i).SequenceEqual(one), Is.True, $"text {i}");
        }
    }

    [Test]
    public void EveryRowHasLengthOneOrNoWords()
    {
        HashedTfidf features = HashedTfidf.Fit(["some text", "another text"], new HashedTfidfOptions { FeatureCount = 64 });
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var row = new float[64];
            features.Transform(text.Get, row);
            double norm = row.Sum(v => (double)v * v);
            return (norm == 0 || Math.Abs(norm - 1) < 1e-6) && Array.TrueForAll(row, float.IsFinite);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void MorePassesOverAllThreadsGiveTheSameBits()
    {
        string[] texts = [.. Enumerable.Range(0, 3000).Select(i => string.Create(CultureInfo.InvariantCulture, $"word{i % 17} and word{i % 5} of {i}"))];
        TextDataset first = TextDatasetTests.Of(texts, HashedTfidf.Fit(texts)), second = TextDatasetTests.Of(texts, HashedTfidf.Fit(texts));
        Assert.That(DatasetView.All(second).Features.Values.SequenceEqual(DatasetView.All(first).Features.Values), Is.True);
    }

    [Test]
    public void WrongUseIsRefused()
    {
        HashedTfidf features = HashedTfidf.Fit(["text"]);
        Assert.That(() => HashedTfidf.Fit([]), Throws.ArgumentException.With.Message.Contains("At least one text"));
        Assert.That(() => HashedTfidf.Fit(["text", null!]), Throws.ArgumentException.With.Message.Contains("Text 1 is null"));
        Assert.That(() => HashedTfidf.Fit(["text"], new HashedTfidfOptions { FeatureCount = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => HashedTfidf.Fit(["text"], new HashedTfidfOptions { LongestNgram = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => features.Transform("text", new float[3]), Throws.ArgumentException.With.Message.Contains("3 elements; 1024"));
    }

    private static string[] Strings(string name) => [.. Golden.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static void RequireRows(HashedTfidf features, string[] texts, JsonElement expected)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            var row = new float[features.Options.FeatureCount];
            features.Transform(texts[i], row);
            Dictionary<int, double> golden = expected[i].EnumerateObject()
                .ToDictionary(p => int.Parse(p.Name, CultureInfo.InvariantCulture), p => p.Value.GetDouble());
            for (int j = 0; j < row.Length; j++)
            {
                Assert.That(row[j], Is.EqualTo(golden.GetValueOrDefault(j)).Within(1e-7), $"text {i}, feature {j}");
            }
        }
    }
}
