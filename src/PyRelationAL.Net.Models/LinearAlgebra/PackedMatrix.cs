using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>
/// The upper triangle of a symmetric n×n matrix, row after row with nothing between: row i holds its n − i values from the diagonal on.
/// </summary>
internal sealed class PackedMatrix
{
    /// <summary>The largest size for which an int can tell all positions of a padded square: 17 GB.</summary>
    public const int LargestSize = 46_320;

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

    /// <summary>Where row i starts: the position of its diagonal element.</summary>
    public int Offset(int row) => (int)((long)row * ((2 * Size) - row + 1) / 2);

    /// <summary>The elements (row, row), (row, row + 1), ..., (row, n − 1).</summary>
    public Span<double> Row(int row) => _values.AsSpan(Offset(row), Size - row);

    public void AddToDiagonal(double value)
    {
        for (int i = 0; i < Size; i++)
        {
            _values[Offset(i)] += value;
        }
    }

    public double Trace()
    {
        double trace = 0;
        for (int i = 0; i < Size; i++)
        {
            trace += _values[Offset(i)];
        }

        return trace;
    }

    /// <summary>The product of this matrix with a vector.</summary>
    public void MultiplySymmetric(ReadOnlySpan<double> vector, Span<double> product)
    {
        product[..Size].Clear();
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            product[i] += row[0] * vector[i];
            product[i] += VectorLoops.DotAndAdd(row[1..], vector[(i + 1)..], vector[i], product[(i + 1)..]);
        }
    }

    /// <summary>All n×n values.</summary>
    public double[] ToFull()
    {
        var full = new double[checked(Size * Size)];
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            row.CopyTo(full.AsSpan((i * Size) + i));
            for (int j = 1; j < row.Length; j++)
            {
                full[((i + j) * Size) + i] = row[j];
            }
        }

        return full;
    }
}
