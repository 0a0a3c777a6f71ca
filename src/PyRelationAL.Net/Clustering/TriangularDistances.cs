using PyRelationAL.Distances;

namespace PyRelationAL.Clustering;

/// <summary>All distances between rows, each pair once: N (N − 1) / 2 doubles.</summary>
internal sealed class TriangularDistances
{
    private readonly double[][] _rows;

    public TriangularDistances(RowBuffer rows, DistanceMetric metric, CancellationToken cancellationToken)
    {
        _rows = new double[rows.Count][];
        for (int i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _rows[i] = new double[i];
            metric.ToRows(rows[i], rows.Rows(0, i), _rows[i]);
        }
    }

    /// <summary>The distance of two different rows.</summary>
    public double this[int a, int b]
    {
        get => a > b ? _rows[a][b] : _rows[b][a];
        set => _rows[Math.Max(a, b)][Math.Min(a, b)] = value;
    }
}
