using System.Numerics.Tensors;

namespace PyRelationAL.Models.Linear;

/// <summary>Features of training rows in double, with each column's mean taken off.</summary>
internal sealed class CentredFeatures
{
    public CentredFeatures(FeatureMatrix rows)
    {
        RowCount = rows.RowCount;
        Width = rows.ColumnCount;
        Values = new double[checked(RowCount * Width)];
        Mean = new double[Width];
        TensorPrimitives.ConvertTruncating(rows.Values, Values);
        for (int i = 0; i < RowCount; i++)
        {
            TensorPrimitives.Add<double>(Mean, Row(i), Mean);
        }

        TensorPrimitives.Divide<double>(Mean, RowCount, Mean);
        for (int i = 0; i < RowCount; i++)
        {
            TensorPrimitives.Subtract<double>(Row(i), Mean, Row(i));
        }
    }

    public int RowCount { get; }

    public int Width { get; }

    /// <summary>Centred values [N×D], row-major.</summary>
    public double[] Values { get; }

    /// <summary>The means [D].</summary>
    public double[] Mean { get; }

    public Span<double> Row(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>Another row with the training mean taken off.</summary>
    public static void Centre(ReadOnlySpan<float> row, ReadOnlySpan<double> mean, Span<double> destination)
    {
        TensorPrimitives.ConvertTruncating(row, destination);
        TensorPrimitives.Subtract(destination, mean, destination);
    }
}
