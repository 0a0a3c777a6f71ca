using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// Training rows in the layout that kernels read: double, feature-major. Keeps the squared distances between rows, which all evaluations of a fit
/// share.
/// </summary>
internal sealed class TrainingInputs
{
    private readonly double[] _columns;
    private readonly Lazy<PackedMatrix> _squaredDistances;

    public TrainingInputs(FeatureMatrix rows)
        : this(Transposed(rows, rows.RowCount), rows.RowCount, rows.ColumnCount)
    {
    }

    private TrainingInputs(double[] columns, int count, int featureCount)
    {
        Count = count;
        FeatureCount = featureCount;
        _columns = columns;
        _squaredDistances = new Lazy<PackedMatrix>(() =>
        {
            var distances = new PackedMatrix(count);
            WriteDistances(columns, distances);
            return distances;
        });
    }

    public int Count { get; }

    public int FeatureCount { get; }

    /// <summary>Feature-major values [D×N].</summary>
    public ReadOnlySpan<double> Columns => _columns;

    public PackedMatrix SquaredDistances => _squaredDistances.Value;

    /// <summary>One of these rows alone.</summary>
    public TrainingInputs Row(int row)
    {
        var columns = new double[FeatureCount];
        for (int j = 0; j < columns.Length; j++)
        {
            columns[j] = _columns[(j * Count) + row];
        }

        return new TrainingInputs(columns, 1, FeatureCount);
    }

    /// <summary>Feature-major values [D × stride], 0 beyond the rows.</summary>
    public static double[] Transposed(FeatureMatrix rows, int stride)
    {
        var columns = new double[checked(rows.ColumnCount * stride)];
        for (int i = 0; i < rows.RowCount; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                columns[(j * stride) + i] = row[j];
            }
        }

        return columns;
    }

    /// <summary>Each feature divided by its length scale.</summary>
    public static double[] Scaled(ReadOnlySpan<double> columns, int count, ReadOnlySpan<double> lengthScales)
    {
        var scaled = new double[columns.Length];
        for (int j = 0; j < lengthScales.Length; j++)
        {
            TensorPrimitives.Divide(columns.Slice(j * count, count), lengthScales[j], scaled.AsSpan(j * count, count));
        }

        return scaled;
    }

    public static void WriteDistances(ReadOnlySpan<double> columns, PackedMatrix destination)
    {
        int n = destination.Size;
        if (columns.IsEmpty)
        {
            destination.Values.Clear();
            return;
        }

        for (int i = 0; i < n; i++)
        {
            Covariance.SquaredDistances.Write(columns[i..], n, columns[i..], n, destination.Row(i));
        }
    }
}
