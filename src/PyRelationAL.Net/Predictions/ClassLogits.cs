using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>The outputs z [N×C] of a classifier before its softmax, all finite. Probabilities are softmax(z). Immutable.</summary>
public sealed class ClassLogits
{
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Wraps logits; the array is not copied.</summary>
    /// <param name="values">N·C values, row-major, all finite.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of C, or a value is NaN or infinite.</exception>
    public ClassLogits(ReadOnlyMemory<double> values, int classCount)
    {
        ClassCount = Guard.Positive(classCount);
        if (values.Length % classCount != 0)
        {
            throw new ArgumentException(Guard.Text($"{values.Length} logits cannot be rows of {classCount} classes."), nameof(values));
        }

        Guard.AllFinite(values.Span, classCount, "the logits", nameof(values));
        RowCount = values.Length / classCount;
        _values = values;
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount { get; }

    /// <summary>The number of classes C.</summary>
    public int ClassCount { get; }

    /// <summary>All values, row-major [N×C].</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>One row.</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>C logits.</returns>
    public ReadOnlySpan<double> Row(int row) => _values.Span.Slice(row * ClassCount, ClassCount);

    /// <summary>softmax(z)[c] = exp(z[c] − max z) / Σ exp(z − max z), row by row.</summary>
    /// <returns>Class probabilities [N×C].</returns>
    public ClassProbabilities Softmax()
    {
        var probabilities = new double[Values.Length];
        for (int i = 0; i < RowCount; i++)
        {
            ReadOnlySpan<double> logits = Row(i);
            Span<double> row = probabilities.AsSpan(i * ClassCount, ClassCount);
            double largest = System.Numerics.Tensors.TensorPrimitives.Max(logits), sum = 0;
            for (int c = 0; c < row.Length; c++)
            {
                row[c] = Math.Exp(logits[c] - largest);
                sum += row[c];
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(row, sum, row);
        }

        return new ClassProbabilities(probabilities, ClassCount);
    }
}
