using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// The whole tree of agglomerative clustering by Ward's criterion: merges the two clusters whose union adds least to the sum of squared distances to the
/// centres, |A||B|/(|A| + |B|) ‖cA − cB‖².
/// </summary>
/// <remarks>
/// Ward, JASA 1963; nearest-neighbour chain, Murtagh 1983. Centres are kept in place of distances: O(N²·D) time and O(N·D) memory. Ties go to the earlier
/// cluster.
/// </remarks>
internal static class WardTree
{
    // Below it a pass over the centres costs less than handing it to other threads.
    private const int ParallelValues = 1 << 16;

    public static ClusterTree Of(FeatureMatrix rows, int threads, CancellationToken cancellationToken) =>
        new Chain(rows, threads, cancellationToken).Merge();

    private sealed class Chain
    {
        private readonly int _width;
        private readonly int _threads;
        private readonly CancellationToken _cancellationToken;

        // Slots 0 … _count − 1 hold the clusters that are left, so that a pass over them reads memory in order.
        private readonly double[] _centres;
        private readonly double[] _costs;
        private readonly int[] _sizes;
        private readonly int[] _nodes;
        private readonly int[] _slots;
        private int _count;

        public Chain(FeatureMatrix rows, int threads, CancellationToken cancellationToken)
        {
            _count = rows.RowCount;
            _width = rows.ColumnCount;
            _threads = threads;
            _cancellationToken = cancellationToken;
            _centres = new double[rows.Values.Length];
            TensorPrimitives.ConvertChecked<float, double>(rows.Values, _centres);
            _costs = new double[_count];
            _sizes = new int[_count];
            Array.Fill(_sizes, 1);
            _nodes = [.. Enumerable.Range(0, _count)];
            _slots = [.. Enumerable.Range(0, (2 * _count) - 1)];
        }

        public ClusterTree Merge()
        {
            int leaves = _count;
            var merges = new List<(int, int)>(leaves - 1);
            var chain = new Stack<int>();
            while (_count > 1)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (chain.Count == 0)
                {
                    chain.Push(_nodes[0]);
                }

                int top = chain.Pop();
                int nearest = Nearest(top, chain.Count > 0 ? chain.Peek() : -1);
                if (chain.Count == 0 || nearest != chain.Peek())
                {
                    chain.Push(top);
                    chain.Push(nearest);
                    continue;
                }

                chain.Pop();
                merges.Add((Math.Min(top, nearest), Math.Max(top, nearest)));
                Join(top, nearest, leaves + merges.Count - 1);
            }

            return new ClusterTree(leaves, merges);
        }

        /// <summary>The nearest other cluster; of equals the previous link, or the chain could walk in circles for ever.</summary>
        private int Nearest(int node, int previous)
        {
            int slot = _slots[node];
            Blocks.ForEach(_count, (long)_count * _width < ParallelValues ? 1 : _threads, _cancellationToken, (start, rows) =>
            {
                Span<double> costs = _costs.AsSpan(start, rows);
                SquaredDifferences.ToRows(_centres.AsSpan(slot * _width, _width), _centres.AsSpan(start * _width, rows * _width), costs);
                double size = _sizes[slot];
                for (int i = 0; i < rows; i++)
                {
                    double other = _sizes[start + i];
                    costs[i] *= size * other / (size + other);
                }
            });
            int best = previous;
            double least = previous >= 0 ? _costs[_slots[previous]] : double.PositiveInfinity;
            for (int i = 0; i < _count; i++)
            {
                if (i != slot && (_costs[i] < least || (_costs[i] == least && best != previous && _nodes[i] < best)))
                {
                    (best, least) = (_nodes[i], _costs[i]);
                }
            }

            return best;
        }

        private void Join(int a, int b, int node)
        {
            int to = _slots[a], from = _slots[b];
            Span<double> centre = _centres.AsSpan(to * _width, _width), other = _centres.AsSpan(from * _width, _width);
            double share = _sizes[from] / ((double)_sizes[to] + _sizes[from]);
            TensorPrimitives.Subtract(other, centre, other);
            TensorPrimitives.MultiplyAdd(other, share, centre, centre);
            _sizes[to] += _sizes[from];
            _nodes[to] = node;
            _slots[node] = to;
            int last = --_count;
            if (from != last)
            {
                _centres.AsSpan(last * _width, _width).CopyTo(other);
                _sizes[from] = _sizes[last];
                _nodes[from] = _nodes[last];
                _slots[_nodes[from]] = from;
            }
        }
    }
}
