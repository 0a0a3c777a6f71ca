using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>
/// Class probabilities under S draws from the posterior over models, [S×N×C]: sample-major, row-major within a sample. From an ensemble, a committee,
/// MC dropout or a Laplace approximation. Immutable.
/// </summary>
public sealed class PosteriorClassSamples
{
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Wraps samples; the array is not copied unless a value needs rounding to 0.</summary>
    /// <param name="values">S·N·C probabilities; every row of C is checked as in <see cref="ClassProbabilities"/>.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of S·C, or a row is no probability distribution.</exception>
    public PosteriorClassSamples(double[] values, int sampleCount, int classCount)
    {
        ArgumentNullException.ThrowIfNull(values);
        SampleCount = Guard.Positive(sampleCount);
        ClassCount = Guard.Positive(classCount);
        int rowSize = checked(sampleCount * classCount);
        if (values.Length % rowSize != 0)
        {
            throw new ArgumentException(
                Guard.Text($"{values.Length} probabilities cannot be {sampleCount} samples of rows of {classCount} classes."), nameof(values));
        }

        RowCount = values.Length / rowSize;
        _values = ProbabilityRows.Check(values, classCount, "posterior samples (rows counted over samples)", nameof(values));
    }

    /// <summary>The number of samples S.</summary>
    public int SampleCount { get; }

    /// <summary>The number of rows N.</summary>
    public int RowCount { get; }

    /// <summary>The number of classes C.</summary>
    public int ClassCount { get; }

    /// <summary>All values [S×N×C].</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>The probabilities of one row under one sample.</summary>
    /// <param name="sample">In [0, <see cref="SampleCount"/>).</param>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>C probabilities.</returns>
    public ReadOnlySpan<double> Row(int sample, int row) => _values.Span.Slice(((sample * RowCount) + row) * ClassCount, ClassCount);

    /// <summary>The posterior mean p̄ = (1/S) Σₘ Q[m], [N×C].</summary>
    /// <returns>Class probabilities.</returns>
    public ClassProbabilities Mean()
    {
        var mean = new double[RowCount * ClassCount];
        WriteMean(mean);
        return new ClassProbabilities(mean, ClassCount);
    }

    /// <summary>Writes the posterior mean [N×C].</summary>
    /// <param name="destination">N·C elements.</param>
    internal void WriteMean(Span<double> destination)
    {
        int size = RowCount * ClassCount;
        destination.Clear();
        for (int m = 0; m < SampleCount; m++)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(destination, Values.Slice(m * size, size), destination);
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(destination, SampleCount, destination);
    }
}
