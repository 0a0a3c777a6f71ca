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
    {
        Count = rows.RowCount;
        FeatureCount = rows.ColumnCount;
        _columns = Transposed(rows);
        _squaredDistances = new Lazy<PackedMatrix>(() => Distances(_columns, Count));
    }

    public int Count { get; }

    public int FeatureCount { get; }

    /// <summary>Feature-major values [D×N].</summary>
    public ReadOnlySpan<double> Columns => _columns;

    public PackedMatrix SquaredDistances => _squaredDistances.Value;

    public static double[] Transposed(FeatureMatrix rows)
    {
        var columns = new double[rows.ColumnCount * rows.RowCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                columns[(j * rows.RowCount) + i] = row[j];
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

    public static PackedMatrix Distances(ReadOnlySpan<double> columns, int count)
    {
        var distances = new PackedMatrix(count);
        var scratch = new double[count];
        for (int i = 0; i < count; i++)
        {
            Covariance.SquaredDistances.Write(columns, count, columns, count, i, distances.Row(i), scratch);
        }

        return distances;
    }
}
