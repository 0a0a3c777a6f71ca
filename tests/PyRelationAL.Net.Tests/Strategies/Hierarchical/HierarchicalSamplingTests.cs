using System.Text.Json;
using PyRelationAL.Clustering;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Hierarchical sampling: Ward's tree, its prunings, and queries from them.</summary>
public sealed class HierarchicalSamplingTests
{
    [Test]
    public void F5_the_worked_example()
    {
        (double lower0, double upper0) = TreePruning.Bounds(40, 10, 9);
        (double lower1, double upper1) = TreePruning.Bounds(40, 10, 1);
        Close.Check([lower0, upper0, lower1, upper1], [0.742842, 1, 0, 0.257158], Close.SixDecimals);
        Close.Check(40 * (1 - lower0), 10.286335, Close.SixDecimals);
        Assert.That(1 - lower0, Is.LessThan(2 * (1 - upper1)), "label 0 is admissible");
        Assert.That(1 - lower1, Is.Not.LessThan(2 * (1 - upper0)), "label 1 is not");
        Assert.That(TreePruning.Bounds(7, 0, 0), Is.EqualTo((0.0, 1.0)));
        Assert.That(TreePruning.Bounds(7, 7, 7), Is.EqualTo((1.0, 1.0)), "everything is known");

        // The same node as the root of a tree: 40 rows, of which 10 are known.
        ClusterTree tree = WardTree.Of(TestData.Rows(40), -1, default);
        var pruning = new TreePruning(tree, 2, 2);
        for (int leaf = 0; leaf < 10; leaf++)
        {
            pruning.Observe(leaf, leaf == 3 ? 1 : 0);
        }

        Close.Check(pruning.Impurity(tree.Root), 10.286335, Close.SixDecimals);
    }

    [Test]
    public void The_tree_agrees_with_another_programs()
    {
        JsonElement golden = GoldenData.Hierarchical;
        ClusterTree tree = WardTree.Of(TestData.Matrix(golden.Numbers("rows"), 2), -1, default);
        IEnumerable<string> expected = golden.GetProperty("tree").EnumerateArray().Select(n => string.Join(',', n.EnumerateArray().Select(v => v.GetInt32())));
        Assert.That(Enumerable.Range(120, 119).Select(node => Key(tree, node)), Is.EquivalentTo(expected));
        Assert.That(tree.Root, Is.EqualTo(238));
        Assert.That(tree.LeavesUnder(tree.Root).ToArray(), Is.EquivalentTo(Enumerable.Range(0, 120)));
    }

    [Test]
    public void Prunings_agree_with_a_recursive_program_round_by_round()
    {
        JsonElement golden = GoldenData.Hierarchical;
        ClusterTree tree = WardTree.Of(TestData.Matrix(golden.Numbers("rows"), 2), -1, default);
        // One class more than there is, as the strategy has it: it must not matter.
        foreach (int classes in new[] { 3, 4 })
        {
            var pruning = new TreePruning(tree, classes, 2);
            int largest = 0;
            foreach (JsonElement round in golden.GetProperty("rounds").EnumerateArray())
            {
                foreach ((int leaf, int label) in round.Integers("batch").Zip(round.Integers("labels")))
                {
                    pruning.Observe(leaf, label);
                }

                pruning.Refine();
                JsonElement[] expected = [.. round.GetProperty("pruning").EnumerateArray()];
                Dictionary<string, int> actual = pruning.Nodes.ToDictionary(node => Key(tree, node));
                Assert.That(actual.Keys, Is.EquivalentTo(expected.Select(e => string.Join(',', e.Integers("leaves")))));
                foreach (JsonElement e in expected)
                {
                    int node = actual[string.Join(',', e.Integers("leaves"))];
                    Assert.That(pruning.LabelOf(node), Is.EqualTo(e.Integer("label")));
                    Close.Check(pruning.Impurity(node), e.Number("weight"), 1e-9);
                }

                largest = Math.Max(largest, expected.Length);
                IReadOnlyList<int> before = pruning.Nodes;
                pruning.Refine();
                Assert.That(pruning.Nodes, Is.EqualTo(before), "nothing new, nothing changes");
            }

            Assert.That(largest, Is.GreaterThan(5));
        }
    }

    [Test]
    public void A_run_goes_down_to_pure_clusters_and_labels_nearly_all_of_them_right()
    {
        // Five tight clusters of 60 items, two classes by cluster: 60 labels should do what 300 would.
        Datasets.InMemoryDataset dataset = Clusters(5, 60);
        var strategy = new HierarchicalSamplingStrategy();
        var labelled = new List<int>();
        for (int round = 0; round < 12; round++)
        {
            int[] pool = [.. Enumerable.Range(0, 300).Except(labelled)];
            var context = new QueryContext(new DatasetView(dataset, pool), new DatasetView(dataset, labelled.ToArray()), null, new RandomStream(round));
            labelled.AddRange(strategy.Suggest(context, 5).Indices);
        }

        ClusterTree tree = WardTree.Of(DatasetView.All(dataset).Features, -1, default);
        var pruning = new TreePruning(tree, 2, 2);
        foreach (int[] batch in labelled.Chunk(5))
        {
            Array.ForEach(batch, i => pruning.Observe(i, dataset.GetLabel(i).Class));
            pruning.Refine();
        }

        int right = pruning.Nodes.Sum(node => tree.LeavesUnder(node).ToArray().Count(i => dataset.GetLabel(i).Class == pruning.LabelOf(node)));
        TestContext.Out.WriteLine(Guard.Text($"{pruning.Nodes.Count} clusters, {right} of 300 right"));
        Assert.That(pruning.Nodes, Has.Count.InRange(4, 60));
        Assert.That(right / 300.0, Is.GreaterThan(0.9));
    }

    [Test]
    public void Clusters_are_drawn_by_what_may_be_wrong_in_them()
    {
        // Two far clusters; of one much is known and all is of one class, of the other nothing: the pruning splits, and queries go to the second.
        Datasets.InMemoryDataset dataset = Clusters(2, 40);
        int[] labelled = TestData.Range(0, 30), pool = TestData.Range(30, 50);
        labelled = [.. labelled, 40, 41];
        pool = [.. pool.Except(labelled)];
        int[] Batch(HierarchicalSamplingStrategy strategy) => [.. Enumerable.Range(0, 200).SelectMany(seed => strategy.Suggest(
            new QueryContext(new DatasetView(dataset, pool), new DatasetView(dataset, labelled), null, new RandomStream(seed)), 1).Indices)];
        double active = Batch(new HierarchicalSamplingStrategy()).Count(i => i < 40) / 200.0;
        double proportional = Batch(new HierarchicalSamplingStrategy(active: false)).Count(i => i < 40) / 200.0;
        Assert.That(active, Is.LessThan(0.2));
        Assert.That(proportional, Is.EqualTo(0.5).Within(0.15), "by size, whatever is known");
    }

    [Test]
    public void It_remembers_within_a_run_and_begins_anew_for_another()
    {
        Datasets.InMemoryDataset dataset = Clusters(6, 20);
        var strategy = new HierarchicalSamplingStrategy();
        int[][] first = Run(strategy), second = Run(strategy), fresh = Run(new HierarchicalSamplingStrategy());
        Assert.That(second, Is.EqualTo(first), "the second run knows fewer labels than the first did at its end");
        Assert.That(fresh, Is.EqualTo(first));

        int[][] Run(HierarchicalSamplingStrategy s)
        {
            var data = new DataManager(dataset, new DataSplit { Train = TestData.Range(0, 110), Test = TestData.Range(110, 10), Labelled = [0, 50, 100] });
            var pipeline = new ActiveLearningPipeline(data, new FakeClassifier(), s, seed: 5);
            pipeline.Run(6, 4);
            return [.. pipeline.History.Select(r => r.Queried.ToArray())];
        }
    }

    [Test]
    public void Items_out_of_distribution_are_one_more_class()
    {
        Datasets.InMemoryDataset dataset = Clusters(2, 40);
        var context = new QueryContext(
            new DatasetView(dataset, TestData.Range(50, 30)), new DatasetView(dataset, TestData.Range(0, 20)), null, new RandomStream(1))
        {
            OutOfDistribution = new DatasetView(dataset, TestData.Range(20, 30)),
        };
        Assert.That(new HierarchicalSamplingStrategy().Suggest(context, 30).Indices, Is.EquivalentTo(Enumerable.Range(50, 30)));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(() => new HierarchicalSamplingStrategy(1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new HierarchicalSamplingStrategy(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        int count = HierarchicalSamplingStrategy.LargestItemCount + 1;
        Datasets.InMemoryDataset large = Datasets.InMemoryDataset.ForClassification("large", new FeatureMatrix(new float[count], count, 1), new int[count], 2);
        var context = new QueryContext(DatasetView.All(large), new DatasetView(large, ReadOnlyMemory<int>.Empty), null, new RandomStream(1));
        Assert.That(
            () => new HierarchicalSamplingStrategy().Suggest(context, 1),
            Throws.InvalidOperationException.With.Message.Contains("50000").And.Message.Contains("50001"));
    }

    private static string Key(ClusterTree tree, int node) => string.Join(',', tree.LeavesUnder(node).ToArray().Order());

    private static Datasets.InMemoryDataset Clusters(int clusters, int size)
    {
        FeatureMatrix noise = TestData.Rows(clusters * size, 2);
        var values = new float[noise.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int cluster = i / 2 / size;
            values[i] = (i % 2 == 0 ? 10 * (cluster % 5) : 10 * (cluster / 5)) + noise.Values[i];
        }

        return Datasets.InMemoryDataset.ForClassification(
            "clusters", new FeatureMatrix(values, clusters * size, 2), [.. Enumerable.Range(0, clusters * size).Select(i => i / size % 2)], 2);
    }
}
