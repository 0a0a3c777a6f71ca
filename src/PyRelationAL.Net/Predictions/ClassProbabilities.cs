using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>Class probabilities [N×C]: row-major, every row finite, non-negative and summing to 1. Immutable.</summary>
/// <remarks>
/// Rows are checked once, here: a value below −1e-6, a NaN, or a row whose sum is further than 1e-3 from 1 is refused. Rows are never put through a
/// softmax to make them fit. Values in [−1e-6, 0) are rounding and become 0.
/// </remarks>
public sealed class ClassProbabilities
{
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Wraps row-major probabilities; the array is not copied unless a value needs rounding to 0.</summary>
    /// <param name="values">N·C probabilities.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of C, or a row is no probability distribution; the message names the row.</exception>
    public ClassProbabilities(double[] values, int classCount)
    {
        ArgumentNullException.ThrowIfNull(values);
        ClassCount = Guard.Positive(classCount);
        if (values.Length % classCount != 0)
        {
            throw new ArgumentException(Guard.Text($"{values.Length} probabilities cannot be rows of {classCount} classes."), nameof(values));
        }

        RowCount = values.Length / classCount;
        _values = ProbabilityRows.Check(values, classCount, "class probabilities", nameof(values));
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount { get; }

    /// <summary>The number of classes C.</summary>
    public int ClassCount { get; }

    /// <summary>All values, row-major [N×C].</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>One row.</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>C probabilities.</returns>
    public ReadOnlySpan<double> Row(int row) => _values.Span.Slice(row * ClassCount, ClassCount);

    /// <summary>The most probable class of a row; the lowest index where several are equally probable.</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>A class index.</returns>
    public int ArgMax(int row)
    {
        ReadOnlySpan<double> p = Row(row);
        int best = 0;
        for (int c = 1; c < p.Length; c++)
        {
            if (p[c] > p[best])
            {
                best = c;
            }
        }

        return best;
    }
}
