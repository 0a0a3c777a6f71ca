using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Rows, centres, and which centre each row is nearest to (ties: lowest). When the centres move, a row is compared with all of them only where the triangle
/// inequality cannot tell that it stays where it is.
/// </summary>
/// <remarks>
/// Hamerly, SDM 2010: for each row an upper bound on the distance to its centre and a lower bound on that to the others. The clusters are exactly those of
/// comparing every row with every centre. In parallel over blocks of rows; O(N + k·D) memory beside the rows.
/// </remarks>
internal sealed class LloydState
{
    private const int TileRows = 64;

    // Bounds are widened by more than rounding.
    private const double Slack = 1 + 1e-12;

    private readonly FeatureMatrix _rows;
    private readonly int _k;
    private readonly int _columns;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _upper;
    private readonly double[] _lower;

    // The cluster in whose sum each row is counted; −1 where in none yet.
    private readonly int[] _counted;
    private readonly double[] _sums;
    private readonly int[] _sizes;
    private double[] _centres;

    /// <param name="rows">Rows [N×D], N ≥ k.</param>
    /// <param name="centres">The first centres [k×D], row-major.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public LloydState(FeatureMatrix rows, double[] centres, int k, int threads, CancellationToken cancellationToken)
    {
        _rows = rows;
        _k = k;
        _columns = rows.ColumnCount;
        _threads = threads;
        _cancellationToken = cancellationToken;
        _upper = new double[rows.RowCount];
        _lower = new double[rows.RowCount];
        _counted = new int[rows.RowCount];
        Array.Fill(_counted, -1);
        _sums = new double[k * _columns];
        _sizes = new int[k];
        _centres = centres;
        Clusters = new int[rows.RowCount];
        var search = new NearestPoint(centres, k, _columns);
        Blocks.ForEach(rows.RowCount, threads, cancellationToken, (start, count) =>
        {
            search.Find(RowsAt(start, count), Clusters.AsSpan(start, count), _upper.AsSpan(start, count), _lower.AsSpan(start, count));
            RootsOf(_upper.AsSpan(start, count));
        });
    }

    /// <summary>The cluster of each row.</summary>
    public int[] Clusters { get; }

    /// <summary>The centres, one array for each.</summary>
    public double[][] Centres => [.. Enumerable.Range(0, _k).Select(c => Centre(c).ToArray())];

    /// <summary>
    /// Moves each centre to the mean of its rows, an empty cluster's to the row farthest from its centre (each such row once), and finds the nearest centres
    /// anew.
    /// </summary>
    /// <returns>The summed squared movement.</returns>
    public double Move()
    {
        FillEmptyClusters();
        double[] before = _centres;
        _centres = Means();
        var moved = new double[_k];
        double movement = 0;
        for (int c = 0; c < _k; c++)
        {
            double squared = SquaredDifferences.Between(before.AsSpan(c * _columns, _columns), Centre(c));
            movement += squared;
            moved[c] = Math.Sqrt(squared) * Slack;
        }

        int farthest = TensorPrimitives.IndexOfMax<double>(moved);
        double largest = moved[farthest];
        moved[farthest] = -1;
        double second = Math.Max(0, TensorPrimitives.Max<double>(moved));
        moved[farthest] = largest;
        var search = new NearestPoint(_centres, _k, _columns);
        double[] halves = HalvesToNearestCentre(search);
        Blocks.ForEach(
            _rows.RowCount, _threads, _cancellationToken, (start, count) => Reassign(search, moved, halves, farthest, largest, second, start, count));
        return movement;
    }

    /// <summary>The sum of the squared distances of the rows to their centres.</summary>
    public double Inertia()
    {
        Blocks.ForEach(_rows.RowCount, _threads, _cancellationToken, WriteDistances);
        double sum = 0;
        foreach (double distance in _upper)
        {
            sum += distance * distance;
        }

        return sum;
    }

    private ReadOnlySpan<float> RowsAt(int start, int count) => _rows.Values.Slice(start * _columns, count * _columns);

    private ReadOnlySpan<double> Centre(int cluster) => _centres.AsSpan(cluster * _columns, _columns);

    private static void RootsOf(Span<double> squared)
    {
        TensorPrimitives.Sqrt(squared, squared);
        TensorPrimitives.Multiply(squared, Slack, squared);
    }

    private void WriteDistances(int start, int count)
    {
        Span<double> row = new double[_columns];
        for (int i = start; i < start + count; i++)
        {
            _upper[i] = Distance(i, row);
        }
    }

    private double Distance(int row, Span<double> wide)
    {
        WideRows.Widen(_rows.Row(row), wide);
        return Math.Sqrt(SquaredDifferences.Between(wide, Centre(Clusters[row])));
    }

    /// <summary>
    /// Half of the distance from each centre to the nearest other: a row nearer than that to its centre stays; 0 where finding out costs too much.
    /// </summary>
    private double[] HalvesToNearestCentre(NearestPoint search)
    {
        var halves = new double[_k];
        if ((long)_k * _k > _rows.RowCount)
        {
            return halves;
        }

        var singles = new float[_centres.Length];
        TensorPrimitives.ConvertSaturating<double, float>(_centres, singles);
        var nearest = new int[_k];
        search.Find(singles, nearest, new double[_k], halves);
        for (int c = 0; c < _k; c++)
        {
            double rounding = 0;
            for (int j = 0; j < _columns; j++)
            {
                double difference = singles[(c * _columns) + j] - _centres[(c * _columns) + j];
                rounding += difference * difference;
            }

            // The bound on the others holds from the rounded centre, and where that is nearest to itself.
            halves[c] = nearest[c] == c ? Math.Max(0, (halves[c] - Math.Sqrt(rounding)) / (2 * Slack)) : 0;
        }

        return halves;
    }

    private void Reassign(
        NearestPoint search, double[] moved, double[] halves, int farthest, double largest, double second, int start, int count)
    {
        float[] tile = new float[TileRows * _columns];
        Span<int> open = stackalloc int[TileRows];
        Span<double> wide = new double[_columns];
        int openCount = 0;
        for (int i = start; i < start + count; i++)
        {
            int cluster = Clusters[i];
            _lower[i] = (_lower[i] - (cluster == farthest ? second : largest)) / Slack;
            _upper[i] = (_upper[i] + moved[cluster]) * Slack;
            double bound = Math.Max(_lower[i], halves[cluster]);
            if (_upper[i] < bound || (_upper[i] = Distance(i, wide) * Slack) < bound)
            {
                continue;
            }

            _rows.Row(i).CopyTo(tile.AsSpan(openCount * _columns));
            open[openCount++] = i;
            if (openCount == TileRows)
            {
                Assign(search, tile, open);
                openCount = 0;
            }
        }

        Assign(search, tile, open[..openCount]);
    }

    private void Assign(NearestPoint search, float[] tile, ReadOnlySpan<int> open)
    {
        Span<int> nearest = stackalloc int[TileRows];
        Span<double> upper = stackalloc double[TileRows], lower = stackalloc double[TileRows];
        search.Find(tile.AsSpan(0, open.Length * _columns), nearest[..open.Length], upper[..open.Length], lower[..open.Length]);
        RootsOf(upper);
        for (int j = 0; j < open.Length; j++)
        {
            (Clusters[open[j]], _upper[open[j]], _lower[open[j]]) = (nearest[j], upper[j], lower[j]);
        }
    }

    private void FillEmptyClusters()
    {
        var sizes = new int[_k];
        foreach (int c in Clusters)
        {
            sizes[c]++;
        }

        if (!sizes.Contains(0))
        {
            return;
        }

        Blocks.ForEach(_rows.RowCount, _threads, _cancellationToken, WriteDistances);
        for (int c = 0; c < _k; c++)
        {
            if (sizes[c] > 0)
            {
                continue;
            }

            int farthest = -1;
            for (int i = 0; i < _upper.Length; i++)
            {
                if (sizes[Clusters[i]] > 1 && (farthest < 0 || _upper[i] > _upper[farthest]))
                {
                    farthest = i;
                }
            }

            sizes[Clusters[farthest]]--;
            // Its lower bound is one on the centres other than the old one.
            (Clusters[farthest], _upper[farthest], _lower[farthest]) = (c, 0, 0);
            sizes[c] = 1;
        }

        TensorPrimitives.Multiply(_upper, Slack, _upper);
    }

    /// <summary>The means, from sums that rows are moved between as their clusters change; in order of rows, so that threads do not matter.</summary>
    private double[] Means()
    {
        Span<double> row = new double[_columns];
        for (int i = 0; i < _counted.Length; i++)
        {
            int from = _counted[i], to = Clusters[i];
            if (from == to)
            {
                continue;
            }

            WideRows.Widen(_rows.Row(i), row);
            Span<double> sum = _sums.AsSpan(to * _columns, _columns);
            TensorPrimitives.Add(sum, row, sum);
            _sizes[to]++;
            if (from >= 0)
            {
                sum = _sums.AsSpan(from * _columns, _columns);
                TensorPrimitives.Subtract(sum, row, sum);
                if (--_sizes[from] == 0)
                {
                    // Nothing of what rounding left.
                    sum.Clear();
                }
            }

            _counted[i] = to;
        }

        var means = new double[_sums.Length];
        for (int c = 0; c < _k; c++)
        {
            TensorPrimitives.Divide(_sums.AsSpan(c * _columns, _columns), _sizes[c], means.AsSpan(c * _columns, _columns));
        }

        return means;
    }
}
