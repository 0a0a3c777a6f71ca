using PyRelationAL.Clustering;

namespace PyRelationAL.Strategies;

/// <summary>
/// A pruning of a cluster tree with a label for each of its nodes, refined as labels of leaves become known (Dasgupta and Hsu, ICML 2008). Every leaf lies
/// under exactly one node of the pruning.
/// </summary>
internal sealed class TreePruning
{
    private readonly ClusterTree _tree;
    private readonly int _classes;
    private readonly double _beta;
    private readonly int[] _counts;
    private readonly int[] _known;
    private readonly int[] _labels;
    private readonly bool[] _isMember;
    private readonly int[] _best;
    private readonly bool[] _splits;
    private readonly double[] _costs;

    /// <summary>The pruning that is the root alone.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="classes">How many classes a leaf may have.</param>
    /// <param name="beta">β, above 1: a label is admissible where its error is below 1/β of that of any other label.</param>
    public TreePruning(ClusterTree tree, int classes, double beta)
    {
        _tree = tree;
        _classes = classes;
        _beta = beta;
        _counts = new int[checked(tree.NodeCount * classes)];
        _known = new int[tree.NodeCount];
        _labels = new int[tree.NodeCount];
        _isMember = new bool[tree.NodeCount];
        _best = new int[tree.NodeCount];
        _splits = new bool[tree.NodeCount];
        _costs = new double[tree.NodeCount];
        _isMember[tree.Root] = true;
        Nodes = [tree.Root];
    }

    /// <summary>The nodes of the pruning.</summary>
    public IReadOnlyList<int> Nodes { get; private set; }

    /// <summary>The label L(v) of a node of the pruning.</summary>
    public int LabelOf(int node) => _labels[node];

    /// <summary>The bounds of the share of a class among the leaves of a node of w leaves, n of them known, k of that class.</summary>
    public static (double Lower, double Upper) Bounds(int w, int n, int k)
    {
        if (n == 0)
        {
            return (0, 1);
        }

        double p = k / (double)n, unseen = 1 - (n / (double)w);
        double delta = (unseen / n) + Math.Sqrt(unseen * p * (1 - p) / n);
        return (Math.Max(p - delta, 0), Math.Min(p + delta, 1));
    }

    /// <summary>w (1 − LB of the node's label): how many leaves of another label there may be.</summary>
    public double Impurity(int node) => _tree.Sizes[node] * (1 - BoundsOf(node, _labels[node]).Lower);

    /// <summary>
    /// Counts the label of a leaf on the way up to the pruning's node: it was drawn at random from that one, and not from those above.
    /// </summary>
    public void Observe(int leaf, int label)
    {
        int node = leaf;
        while (true)
        {
            _known[node]++;
            _counts[(node * _classes) + label]++;
            if (_isMember[node])
            {
                return;
            }

            node = _tree.Parents[node];
        }
    }

    /// <summary>Replaces nodes by their best prunings, and labels them anew. O(N·C).</summary>
    public void Refine()
    {
        for (int node = 0; node < _tree.NodeCount; node++)
        {
            Rate(node);
        }

        var nodes = new List<int>(Nodes.Count);
        var open = new Stack<int>(Nodes.Reverse());
        while (open.TryPop(out int node))
        {
            _labels[node] = _best[node] >= 0 ? _best[node] : _labels[node];
            if (!_splits[node])
            {
                nodes.Add(node);
                continue;
            }

            (int left, int right) = _tree.Merges[node - _tree.LeafCount];
            _isMember[node] = false;
            _isMember[left] = _isMember[right] = true;
            _labels[left] = _labels[right] = _labels[node];
            open.Push(right);
            open.Push(left);
        }

        Nodes = nodes;
    }

    private void Rate(int node)
    {
        int w = _tree.Sizes[node];
        double own = w;
        _best[node] = -1;
        for (int label = 0; label < _classes; label++)
        {
            if (IsAdmissible(node, label))
            {
                double cost = w * (1 - (_counts[(node * _classes) + label] / (double)_known[node]));
                if (_best[node] < 0 || cost < own)
                {
                    (_best[node], own) = (label, cost);
                }
            }
        }

        _costs[node] = own;
        _splits[node] = false;
        if (_best[node] >= 0 && node >= _tree.LeafCount)
        {
            (int left, int right) = _tree.Merges[node - _tree.LeafCount];
            double split = _costs[left] + _costs[right];
            // Rounding must not split a node in vain.
            _splits[node] = split < own - (1e-9 * w);
            _costs[node] = Math.Min(own, split);
        }
    }

    private bool IsAdmissible(int node, int label)
    {
        if (_known[node] == 0)
        {
            return false;
        }

        double error = 1 - BoundsOf(node, label).Lower;
        for (int other = 0; other < _classes; other++)
        {
            if (other != label && !(error < _beta * (1 - BoundsOf(node, other).Upper)))
            {
                return false;
            }
        }

        return true;
    }

    private (double Lower, double Upper) BoundsOf(int node, int label) =>
        Bounds(_tree.Sizes[node], _known[node], _counts[(node * _classes) + label]);
}
