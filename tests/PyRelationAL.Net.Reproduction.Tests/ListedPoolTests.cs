using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.Reproduction.Python;
using PyRelationAL.Reproduction.Strategies;

namespace PyRelationAL.Tests;

public sealed class ListedPoolTests
{
    private static IEnumerable<JsonElement> Pools => GoldenNumbers.Root.GetProperty("pools").EnumerateArray();

    [TestCaseSource(nameof(Pools))]
    public void PoolsAreListedAsCPythonListsThem(JsonElement golden)
    {
        int[] items = [.. Enumerable.Range(0, golden.GetProperty("rows").GetInt32()).Where(i => i % 5 != 1)];
        int[] pool = PythonSet.Difference(PythonSet.Union(items), golden.GetProperty("labelled").Integers().ToHashSet());
        var sums = new List<long>();
        foreach (int queried in golden.GetProperty("queried").Integers())
        {
            sums.Add(pool.Select((item, position) => (long)item * position).Sum());
            pool = PythonSet.Difference(pool, new HashSet<int> { queried });
        }

        Assert.That(sums, Is.EqualTo(golden.GetProperty("sums").EnumerateArray().Select(sum => sum.GetInt64())));
    }

    // A table of 8: 16 and 8 both belong at place 0, and from an occupied place i it goes on at 5 i + 1, modulo 8: 8 at 1, which sends 1 on to 6.
    [Test]
    public void ASmallSetIsAsWorkedOutByHand()
    {
        Assert.That(PythonSet.Difference([16, 3, 8, 1], new HashSet<int>()), Is.EqualTo(new[] { 16, 8, 3, 1 }));
        Assert.That(PythonSet.Difference([8, 1, 16, 3], new HashSet<int> { 1 }), Is.EqualTo(new[] { 8, 16, 3 }));
    }

    [Test]
    public void AmongEqualScoresTheFirstOfTheListIsQueriedRoundAfterRound()
    {
        JsonElement golden = Pools.Last();
        int rows = golden.GetProperty("rows").GetInt32();
        var data = InMemoryDataset.ForRegression(
            "ties", FeatureMatrix.FromRows([.. Enumerable.Range(0, rows).Select(i => new[] { (float)i })]), new double[rows]);
        List<int> labelled = [.. golden.GetProperty("labelled").Integers()];
        var strategy = new ListedPoolStrategy(new Constant(), "constant");
        int[] list = [];
        for (int round = 0; round < 10; round++)
        {
            int[] pool = [.. Enumerable.Range(0, rows).Where(i => i % 5 != 1).Except(labelled)];
            list = round == 0
                ? PythonSet.Difference(PythonSet.Union([.. Enumerable.Range(0, rows).Where(i => i % 5 != 1)]), labelled.ToHashSet())
                : PythonSet.Difference(list, new HashSet<int> { labelled[^1] });
            var context = new QueryContext(new DatasetView(data, pool), new DatasetView(data, labelled.ToArray()), null, new RandomStream(0));
            int queried = strategy.Suggest(context, 1).Indices.Single();
            Assert.That(queried, Is.EqualTo(list[TorchOrder.First(new double[list.Length])]), $"round {round}");
            labelled.Add(queried);
        }

        var other = new QueryContext(new DatasetView(data, new[] { 0, 2, 3 }), new DatasetView(data, new[] { 4 }), null, new RandomStream(0));
        Assert.That(() => strategy.Suggest(other, 1), Throws.InvalidOperationException.With.Message.Contains("two runs"));
    }

    private sealed class Constant : IInformativenessFunction
    {
        public Requirements Requirements => Requirements.None;

        public double[] Score(QueryContext context) => new double[context.Pool.Count];
    }
}
