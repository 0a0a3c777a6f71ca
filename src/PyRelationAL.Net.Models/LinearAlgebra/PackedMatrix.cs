using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>
/// The lower triangle of an n×n matrix, row after row with nothing between: row i holds i + 1 values. For symmetric and for lower triangular
/// matrices.
/// </summary>
internal sealed class PackedMatrix
{
    /// <summary>The largest size whose positions an int can tell: 8.6 GB.</summary>
    public const int LargestSize = 46_340;

    private readonly double[] _values;

    public PackedMatrix(int size)
    {
        if (size > LargestSize)
        {
            throw new ModelTrainingException(
                Guard.Text($"A covariance matrix of {size} rows is too large: {LargestSize} is the most. ")
                + "Use fewer labelled items, or a model that needs no such matrix, such as LogisticRegression.");
        }

        Size = size;
        _values = new double[size * (size + 1) / 2];
    }

    public int Size { get; }

    public Span<double> Values => _values;

    public static int Offset(int row) => row * (row + 1) / 2;

    public Span<double> Row(int row) => _values.AsSpan(Offset(row), row + 1);

    public void AddToDiagonal(double value)
    {
        for (int i = 0; i < Size; i++)
        {
            _values[Offset(i) + i] += value;
        }
    }

    public double Trace()
    {
        double trace = 0;
        for (int i = 0; i < Size; i++)
        {
            trace += _values[Offset(i) + i];
        }

        return trace;
    }

    /// <summary>The product of this matrix, read as symmetric, with a vector.</summary>
    public void MultiplySymmetric(ReadOnlySpan<double> vector, Span<double> product)
    {
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            product[i] = TensorPrimitives.Dot(row, vector[..(i + 1)]);
            TensorPrimitives.MultiplyAdd(row[..i], vector[i], product[..i], product[..i]);
        }
    }

    /// <summary>All n×n values of this matrix, read as symmetric.</summary>
    public double[] ToFull()
    {
        var full = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            row.CopyTo(full.AsSpan(i * Size));
            for (int j = 0; j < i; j++)
            {
                full[(j * Size) + i] = row[j];
            }
        }

        return full;
    }
}
