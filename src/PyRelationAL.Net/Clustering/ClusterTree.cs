namespace PyRelationAL.Clustering;

/// <summary>
/// A binary tree of clusters: nodes 0 … n − 1 are the rows, node n + m is the m-th merge, the last is the root. A node's number is above those of its
/// children, and its leaves lie side by side in <see cref="Leaves"/>.
/// </summary>
internal sealed class ClusterTree
{
    private readonly int[] _start;

    /// <summary>Builds a tree from its merges.</summary>
    /// <param name="leafCount">n, at least 1.</param>
    /// <param name="merges">n − 1 pairs of nodes.</param>
    public ClusterTree(int leafCount, IReadOnlyList<(int Left, int Right)> merges)
    {
        int count = leafCount + merges.Count;
        LeafCount = leafCount;
        Merges = merges;
        Sizes = new int[count];
        Parents = new int[count];
        _start = new int[count];
        Leaves = new int[leafCount];
        Array.Fill(Sizes, 1, 0, leafCount);
        Parents[^1] = -1;
        for (int m = 0; m < merges.Count; m++)
        {
            (int left, int right) = merges[m];
            Sizes[leafCount + m] = Sizes[left] + Sizes[right];
            Parents[left] = Parents[right] = leafCount + m;
        }

        for (int node = count - 1; node >= leafCount; node--)
        {
            (int left, int right) = merges[node - leafCount];
            _start[left] = _start[node];
            _start[right] = _start[node] + Sizes[left];
        }

        for (int leaf = 0; leaf < leafCount; leaf++)
        {
            Leaves[_start[leaf]] = leaf;
        }
    }

    /// <summary>n.</summary>
    public int LeafCount { get; }

    /// <summary>The number of nodes, 2n − 1.</summary>
    public int NodeCount => Sizes.Length;

    /// <summary>The last node.</summary>
    public int Root => Sizes.Length - 1;

    /// <summary>The children of node n + m.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges { get; }

    /// <summary>The number of leaves under each node.</summary>
    public int[] Sizes { get; }

    /// <summary>The parent of each node; −1 for the root.</summary>
    public int[] Parents { get; }

    /// <summary>The leaves from left to right.</summary>
    public int[] Leaves { get; }

    /// <summary>The leaves under a node.</summary>
    public ReadOnlySpan<int> LeavesUnder(int node) => Leaves.AsSpan(_start[node], Sizes[node]);
}
