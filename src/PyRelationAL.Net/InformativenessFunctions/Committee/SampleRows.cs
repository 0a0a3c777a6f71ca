using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>Consecutive rows of posterior samples [S×N×C] in place, and what the committee scores have in common.</summary>
internal readonly ref struct SampleRows
{
    private readonly ReadOnlySpan<double> _values;
    private readonly int _allRows;
    private readonly int _firstRow;

    public SampleRows(ReadOnlySpan<double> values, int sampleCount, int allRows, int classCount, int firstRow, int rowCount)
    {
        _values = values;
        _allRows = allRows;
        _firstRow = firstRow;
        SampleCount = sampleCount;
        RowCount = rowCount;
        ClassCount = classCount;
    }

    public int SampleCount { get; }

    public int RowCount { get; }

    public int ClassCount { get; }

    /// <summary>Some of these rows.</summary>
    public SampleRows Slice(int start, int count) => new(_values, SampleCount, _allRows, ClassCount, _firstRow + start, count);

    /// <summary>The rows under one sample, row-major.</summary>
    public ReadOnlySpan<double> Sample(int sample) => _values.Slice(((sample * _allRows) + _firstRow) * ClassCount, RowCount * ClassCount);

    public ReadOnlySpan<double> Row(int sample, int row) => _values.Slice(((sample * _allRows) + _firstRow + row) * ClassCount, ClassCount);

    /// <summary>The posterior mean p̄, row-major.</summary>
    public double[] Mean()
    {
        var mean = new double[RowCount * ClassCount];
        for (int m = 0; m < SampleCount; m++)
        {
            TensorPrimitives.Add(mean, Sample(m), mean);
        }

        TensorPrimitives.Divide(mean, SampleCount, mean);
        return mean;
    }

    /// <summary>
    /// Calls <paramref name="score"/> with the share of votes for each class, where every sample votes for its most probable class (ties: lowest index).
    /// </summary>
    public void ForEachVote(Span<double> scores, RowScore score)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(ClassCount);
        Span<double> votes = rented.AsSpan(0, ClassCount);
        for (int n = 0; n < RowCount; n++)
        {
            votes.Clear();
            for (int m = 0; m < SampleCount; m++)
            {
                ReadOnlySpan<double> p = Row(m, n);
                int best = 0;
                for (int c = 1; c < p.Length; c++)
                {
                    best = p[c] > p[best] ? c : best;
                }

                votes[best] += 1.0 / SampleCount;
            }

            scores[n] = score(votes);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>H(p̄) of each row, nats.</summary>
    public void WritePredictiveEntropy(Span<double> entropies) => Entropies.OfRows(Mean(), ClassCount, entropies);
}
