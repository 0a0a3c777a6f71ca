using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Scenarios;

public sealed class ALScopeClassesTests
{
    [Test]
    public void TheListsAreThoseOfTheBenchmark()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "alscope_target_lists.json")));
        int compared = 0;
        foreach (JsonElement entry in golden.RootElement.EnumerateArray())
        {
            string[] conditions = [.. entry.GetProperty("conditions").EnumerateArray().Select(c => c.GetString()!)];
            Match rate = Regex.Match(string.Join(' ', conditions), @"ood_rate == ([\d.]+)");
            int[][] lists = entry.GetProperty("lists").Deserialize<int[][]>()!;
            foreach (Match dataset in Regex.Matches(conditions[0], "'([A-Z0-9]+)'"))
            {
                double r = rate.Success ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) : 0.37;
                Assert.That(ALScopeClasses.Find(dataset.Groups[1].Value, r), Is.EqualTo(lists), entry.ToString());
                compared += lists.Length;
            }
        }

        // 4 rates and 6 trials twice, AGNEWS 4, 20 trials twice, RCV1 and TREC6 10, DBPEDIA and MNIST 6, IMDB 4, 3 rates and 5 trials.
        Assert.That(compared, Is.EqualTo(48 + 4 + 40 + 20 + 12 + 4 + 15));
    }

    [Test]
    public void NamesAreFoundHoweverTheyAreWritten() => Assert.That(ALScopeClasses.Find("cifar-10", 0.8), Is.EqualTo(ALScopeClasses.Find("CIFAR10", 0.8)));

    [Test]
    public void WhatItDoesNotHaveIsRefused()
    {
        Assert.That(() => ALScopeClasses.Find("Iris", 0.4), Throws.ArgumentException.With.Message.Contains("'Iris'").And.Message.Contains("MNIST"));
        Assert.That(() => ALScopeClasses.Find("SVHN", 0.5), Throws.ArgumentException.With.Message.EndsWith("for the rates 0.2, 0.4, 0.6, 0.8."));
    }

    [Test]
    public void EachSeedHasTheListOfItsTrial()
    {
        InMemoryDataset mnist = InMemoryDataset.ForClassification(
            "MNIST", new FeatureMatrix(new float[100], 100, 1), [.. Enumerable.Range(0, 100).Select(i => i % 10)]);
        Fold fold = mnist.StratifiedFolds(5, 0)[0];
        Assert.That(Scenario.ALScopeOpenSet(0.5).Apply(mnist, fold, 3).KnownClasses, Is.EqualTo(new[] { 1, 3, 8, 9 }));
        Assert.That(
            () => Scenario.ALScopeOpenSet(0.5).Apply(mnist, fold, 6), Throws.ArgumentException.With.Message.Contains("seeds 0 to 5; the seed is 6"));
    }
}
