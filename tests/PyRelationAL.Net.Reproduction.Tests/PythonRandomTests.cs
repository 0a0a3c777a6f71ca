using System.Text.Json;
using PyRelationAL.Reproduction.Python;

namespace PyRelationAL.Tests;

public sealed class PythonRandomTests
{
    private static IEnumerable<JsonElement> Samples => GoldenNumbers.Root.GetProperty("samples").EnumerateArray();

    [Test]
    public void WordsAreThoseOfCPython()
    {
        var random = new PythonRandom(1234);
        uint[] words = [.. Enumerable.Range(0, 700).Select(_ => random.NextUInt32())];
        Assert.That(words[..3], Is.EqualTo(new uint[] { 4150886329, 3342196574, 1892932127 }));
        Assert.That(words[^5..], Is.EqualTo(GoldenNumbers.Root.GetProperty("words").EnumerateArray().Select(w => w.GetUInt32())));
    }

    [TestCaseSource(nameof(Samples))]
    public void SamplesAreThoseOfCPython(JsonElement sample)
    {
        int[] population = [.. Enumerable.Range(0, sample.GetProperty("population").GetInt32())];
        int[] drawn = new PythonRandom(sample.GetProperty("seed").GetUInt32()).Sample(population, sample.GetProperty("count").GetInt32());
        Assert.That(drawn, Is.EqualTo(sample.GetProperty("drawn").Integers()));
    }

    [Test]
    public void MoreThanThereAreIsRefused() =>
        Assert.That(() => new PythonRandom(1).Sample([1, 2], 3), Throws.TypeOf<ArgumentOutOfRangeException>());
}
