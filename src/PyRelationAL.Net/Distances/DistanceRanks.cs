using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// Ranks r(x, y) = ‖y‖²/2 − x·y of many rows x against fixed points y in float32, as one matrix product. They order the points as the distances d² = ‖x‖² + 2r
/// do, up to <see cref="ErrorFor"/>: who needs the nearest points computes exact distances, in double, only of those whose ranks are too close to tell.
/// </summary>
internal sealed class DistanceRanks : IReferenceRanks
{
    /// <summary>Points of a panel.</summary>
    public const int Width = SinglePanels.Width;

    // Half of the distance from 1 to the next float32.
    private const double Unit = 1.0 / (1 << 24);

    // What products lose that are too small for float32.
    private const double Underflow = 1e-37;

    private readonly SinglePanels _panels;
    private readonly float[] _halfNorms;
    private readonly int _columns;
    private double _largestNorm;

    /// <param name="points">Points [count×D], row-major.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">D.</param>
    public DistanceRanks(ReadOnlySpan<double> points, int count, int columns)
        : this(count, columns)
    {
        var single = new float[columns];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> point = points.Slice(i * columns, columns);
            TensorPrimitives.ConvertSaturating(point, single);
            Set(i, single, point);
        }
    }

    /// <param name="points">Points [count×D].</param>
    public DistanceRanks(FeatureMatrix points)
        : this(points.RowCount, points.ColumnCount)
    {
        var wide = new double[points.ColumnCount];
        for (int i = 0; i < points.RowCount; i++)
        {
            WideRows.Widen(points.Row(i), wide);
            Set(i, points.Row(i), wide);
        }
    }

    private DistanceRanks(int count, int columns)
    {
        _columns = columns;
        _panels = new SinglePanels(count, columns);
        _halfNorms = new float[_panels.Count * Width];
        // Padding is farther than any point.
        Array.Fill(_halfNorms, float.PositiveInfinity);
    }

    /// <inheritdoc/>
    public int PanelCount => _panels.Count;

    /// <summary>How many ranks of a panel are written.</summary>
    public int WidthOf(int panel) => _panels.WidthOf(panel);

    /// <summary>Writes the ranks of the points of one panel.</summary>
    /// <param name="rows">Rows x [count×D], row-major.</param>
    /// <param name="count">How many.</param>
    /// <param name="panel">Which panel: points from panel · <see cref="Width"/>.</param>
    /// <param name="ranks">Rows of <see cref="Width"/>; +∞ beyond the last point.</param>
    public void Write(ReadOnlySpan<float> rows, int count, int panel, Span<float> ranks)
    {
        _panels.Multiply(rows, count, panel, ranks);
        ReadOnlySpan<float> norms = _halfNorms.AsSpan(panel * Width, Width);
        Vector512<float> left = Vector512.Create(norms), right = Vector512.Create(norms[(Width / 2)..]);
        for (int i = 0; i < count; i++)
        {
            Span<float> row = ranks.Slice(i * Width, Width);
            (left - Vector512.LoadUnsafe(ref row[0])).StoreUnsafe(ref row[0]);
            (right - Vector512.LoadUnsafe(ref row[Width / 2])).StoreUnsafe(ref row[Width / 2]);
        }
    }

    /// <summary>Which ranks of a row of a panel are not above a limit, as bits; what is no number counts as not above.</summary>
    public static uint NotAbove(ReadOnlySpan<float> ranks, float limit)
    {
        Vector512<float> limits = Vector512.Create(limit);
        ulong left = Vector512.GreaterThan(Vector512.Create(ranks), limits).ExtractMostSignificantBits();
        ulong right = Vector512.GreaterThan(Vector512.Create(ranks[(Width / 2)..]), limits).ExtractMostSignificantBits();
        return ~(uint)(left | (right << (Width / 2)));
    }

    /// <summary>How far the ranks of a row may be from the true ones; +∞ where numbers are too large for float32.</summary>
    /// <param name="squaredNorm">‖x‖².</param>
    public double ErrorFor(double squaredNorm)
    {
        double products = Math.Sqrt(squaredNorm) * _largestNorm, squares = _largestNorm * _largestNorm;
        double error = (1.01 * Unit * (((_columns + 3) * products) + squares)) + (_columns * Underflow);
        return products + squares < 1e37 ? error : double.PositiveInfinity;
    }

    private void Set(int point, ReadOnlySpan<float> single, ReadOnlySpan<double> wide)
    {
        _panels.SetColumn(point, single);
        double norm = TensorPrimitives.SumOfSquares(wide);
        _halfNorms[point] = (float)(norm / 2);
        _largestNorm = Math.Max(_largestNorm, Math.Sqrt(norm));
    }

    /// <inheritdoc/>
    public float LimitOfRank(float rank, double squaredNorm, double error)
    {
        // A little more for the rounding of these lines, and of distances in double.
        double limit = rank + (2 * error * (1 + 1e-6)) + (1e-12 * (squaredNorm + Math.Abs(rank)));
        return (float)(limit + (1e-7 * Math.Abs(limit)));
    }

    /// <summary>The largest rank of a point that may be as near as a known squared distance.</summary>
    public float LimitOfDistance(double distance, double squaredNorm, double error) => (float)(
        (((distance * (1 + 1e-12)) - squaredNorm) / 2) + (error * (1 + 1e-6)) + (1e-7 * Math.Abs(squaredNorm - distance)));
}
