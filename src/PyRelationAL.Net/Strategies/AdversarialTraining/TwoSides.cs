using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Candidates and labelled items as training sees them: standardised by the columns of both together, and drawn in batches.</summary>
internal sealed class TwoSides
{
    private readonly StandardisedRows _rows;
    private readonly int _candidateCount;
    private readonly int _labelledCount;

    /// <param name="candidates">Rows of the candidates.</param>
    /// <param name="labelled">Rows of the labelled items, at least one.</param>
    /// <param name="deviation">The standard deviation to give each column.</param>
    public TwoSides(FeatureMatrix candidates, FeatureMatrix labelled, double deviation = 1)
    {
        _rows = new StandardisedRows(SelectionRows.Joined(candidates, labelled), deviation);
        _candidateCount = candidates.RowCount;
        _labelledCount = labelled.RowCount;
    }

    public int Width => _rows.Width;

    /// <summary>The most rows of a batch, of both sides together.</summary>
    public int LargestBatch(int batchSize) => Math.Min(batchSize, _candidateCount) + Math.Min(batchSize, _labelledCount);

    /// <summary>Consecutive candidates.</summary>
    public void WriteCandidates(int start, int count, Span<double> values) => _rows.WriteFrom(start, count, values);

    /// <summary>
    /// Batches of both sides, an epoch after the other: the candidates in random order, each once an epoch, with as many labelled items at most, drawn at
    /// random.
    /// </summary>
    public IEnumerable<SidesBatch> Batches(int epochs, int batchSize, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, _candidateCount)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            for (int start = 0; start < order.Length; start += batchSize)
            {
                yield return new SidesBatch(
                    _rows,
                    order[start..Math.Min(order.Length, start + batchSize)],
                    Array.ConvertAll(random.Sample(_labelledCount, Math.Min(batchSize, _labelledCount)), i => i + _candidateCount));
            }
        }
    }
}
