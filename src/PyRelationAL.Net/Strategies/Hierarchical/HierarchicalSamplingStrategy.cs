using System.Runtime.CompilerServices;
using PyRelationAL.Clustering;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Hierarchical sampling: queries at random from the clusters of a tree of all training items, most where labels are mixed, and goes down the tree to purer
/// clusters as labels come in. Bounds on the share of each label tell which clusters may be given one label and which are better split.
/// </summary>
/// <remarks>
/// <para>
/// Dasgupta and Hsu, "Hierarchical sampling for active learning", ICML 2008, with Ward's tree. In a cluster v of w items of which n are known, a label of
/// share p lies within Δ = (1 − n/w)/n + √((1 − n/w) p (1 − p)/n) of it, [LB, UB]. Label l is admissible where 1 − LB_l &lt; β (1 − UB_l′) for every other
/// l′; a cluster with an admissible label gives way to its halves where these have fewer errors. A query draws a cluster of the current pruning and a random
/// unlabelled item in it; the labels of a batch are counted together, at the next query. Labels from elsewhere, the initial ones too, count as drawn so.
/// Items out of distribution count as one more class.
/// </para>
/// <para>
/// The strategy keeps tree and pruning between the queries of a run on a dataset: give each run a strategy of its own. It begins anew where other items or
/// other labels than it knows of are given, and so it has no memory inside a <see cref="SubPoolStrategy"/>. It looks at features, not at embeddings, which
/// change from round to round, and uses no prediction.
/// </para>
/// <para>
/// There are no scores. The tree costs O(M²·D) time, in parallel, and O(M·D) memory for the M training items, once; it is refused for more than
/// <see cref="LargestItemCount"/>. A query costs O(M·C).
/// </para>
/// </remarks>
public sealed class HierarchicalSamplingStrategy : Strategy
{
    /// <summary>The most training items: the tree of more would take too long.</summary>
    public const int LargestItemCount = 50_000;

    private readonly double _beta;
    private readonly bool _active;
    private readonly ConditionalWeakTable<IDataset, Memory> _memories = [];

    /// <summary>Creates the strategy.</summary>
    /// <param name="beta">β, above 1. Default: 2.</param>
    /// <param name="active">
    /// Whether clusters are drawn in proportion to w (1 − LB), the items that may have another label than the cluster's, rather than to w alone. Default: true.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">β is 1 or below, or not finite.</exception>
    public HierarchicalSamplingStrategy(double beta = 2, bool active = true)
    {
        _beta = double.IsFinite(beta) && beta > 1
            ? beta
            : throw new ArgumentOutOfRangeException(nameof(beta), beta, Guard.Text($"{nameof(beta)} is {beta}; it must be finite and greater than 1."));
        _active = active;
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.None);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[] items = [.. context.Pool.Indices, .. context.Labelled.Indices, .. context.OutOfDistribution.Indices];
        Array.Sort(items);
        int[] classes = Classes(context, items);
        IDataset dataset = context.Pool.Dataset;
        if (!_memories.TryGetValue(dataset, out Memory? memory) || !memory.Continues(items, classes))
        {
            memory = new Memory(items, Tree(context, items), context.Task.ClassCount + 1, _beta);
            _memories.AddOrUpdate(dataset, memory);
        }

        memory.Learn(classes);
        int[] drawn = Draw(memory, classes, count, context.RandomFor(nameof(HierarchicalSamplingStrategy)));
        return new Batch(Array.ConvertAll(drawn, leaf => context.Pool.Indices.BinarySearch(items[leaf])));
    }

    /// <summary>The class of each item: −1 where it is unlabelled, C where it is out of distribution.</summary>
    private static int[] Classes(QueryContext context, int[] items)
    {
        var classes = new int[items.Length];
        Array.Fill(classes, -1);
        int[] labels = context.Labelled.ClassLabels();
        for (int l = 0; l < labels.Length; l++)
        {
            classes[Array.BinarySearch(items, context.Labelled.Indices[l])] = labels[l];
        }

        foreach (int index in context.OutOfDistribution.Indices)
        {
            classes[Array.BinarySearch(items, index)] = context.Task.ClassCount;
        }

        return classes;
    }

    private static ClusterTree Tree(QueryContext context, int[] items) => items.Length <= LargestItemCount
        ? WardTree.Of(new DatasetView(context.Pool.Dataset, items).Features, context.MaxDegreeOfParallelism, context.CancellationToken)
        : throw new InvalidOperationException(Guard.Text(
            $"{nameof(HierarchicalSamplingStrategy)} builds a tree of all training items, at most {LargestItemCount}, and was given {items.Length}: ")
            + "make a data manager with fewer training items, or use a strategy that clusters once a round, such as TypiClust.");

    private int[] Draw(Memory memory, int[] classes, int count, RandomStream random)
    {
        TreePruning pruning = memory.Pruning;
        var left = new List<List<int>>();
        var weights = new List<double>();
        foreach (int node in pruning.Nodes)
        {
            var unlabelled = new List<int>();
            foreach (int leaf in memory.Tree.LeavesUnder(node))
            {
                if (classes[leaf] < 0)
                {
                    unlabelled.Add(leaf);
                }
            }

            if (unlabelled.Count > 0)
            {
                left.Add(unlabelled);
                weights.Add(_active ? pruning.Impurity(node) : memory.Tree.Sizes[node]);
            }
        }

        var drawn = new int[count];
        for (int k = 0; k < count; k++)
        {
            // A node with an unlabelled leaf has LB < 1, so all weights are positive.
            double at = random.NextDouble() * weights.Sum();
            int v = 0;
            while (v < weights.Count - 1 && at >= weights[v])
            {
                at -= weights[v++];
            }

            int z = random.NextInt32(left[v].Count);
            drawn[k] = left[v][z];
            left[v].RemoveAt(z);
            if (left[v].Count == 0)
            {
                left.RemoveAt(v);
                weights.RemoveAt(v);
            }
        }

        return drawn;
    }

    /// <summary>What is kept of one run.</summary>
    private sealed class Memory(int[] items, ClusterTree tree, int classes, double beta)
    {
        private readonly int[] _seen = [.. Enumerable.Repeat(-1, items.Length)];

        public ClusterTree Tree => tree;

        public TreePruning Pruning { get; } = new(tree, classes, beta);

        /// <summary>Whether the items are the same and their labels those that are known, and perhaps more.</summary>
        public bool Continues(int[] now, int[] labels)
        {
            if (!items.AsSpan().SequenceEqual(now))
            {
                return false;
            }

            for (int i = 0; i < labels.Length; i++)
            {
                if (_seen[i] >= 0 && _seen[i] != labels[i])
                {
                    return false;
                }
            }

            return true;
        }

        public void Learn(int[] labels)
        {
            for (int leaf = 0; leaf < labels.Length; leaf++)
            {
                if (labels[leaf] >= 0 && _seen[leaf] < 0)
                {
                    _seen[leaf] = labels[leaf];
                    Pruning.Observe(leaf, labels[leaf]);
                }
            }

            Pruning.Refine();
        }
    }
}
