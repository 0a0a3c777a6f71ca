using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Candidates and labelled items as training sees them: standardised by the columns of both together, and drawn in batches. A column that does not vary is 0.
/// </summary>
internal sealed class TwoSides
{
    private readonly FeatureMatrix _candidates;
    private readonly FeatureMatrix _labelled;
    private readonly double[] _mean;
    private readonly double[] _scale;

    /// <param name="candidates">Rows of the candidates.</param>
    /// <param name="labelled">Rows of the labelled items, at least one.</param>
    /// <param name="deviation">The standard deviation to give each column.</param>
    public TwoSides(FeatureMatrix candidates, FeatureMatrix labelled, double deviation = 1)
    {
        _candidates = candidates;
        _labelled = labelled;
        FeatureMatrix rows = SelectionRows.Joined(candidates, labelled);
        int n = rows.RowCount;
        _mean = new double[Width];
        _scale = new double[Width];
        for (int j = 0; j < Width; j++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < n; i++)
            {
                sum += rows.Row(i)[j];
            }

            _mean[j] = sum / n;
            for (int i = 0; i < n; i++)
            {
                double difference = rows.Row(i)[j] - _mean[j];
                squares += difference * difference;
            }

            double own = Math.Sqrt(squares / n);
            _scale[j] = own > 1e-12 * Math.Abs(_mean[j]) ? deviation / own : 0;
        }
    }

    public int Width => _candidates.ColumnCount;

    /// <summary>Consecutive candidates.</summary>
    public double[] Candidates(int start, int count) => Of(_candidates, [.. Enumerable.Range(start, count)]);

    /// <summary>
    /// Batches of both sides, an epoch after the other: the candidates in random order, each once an epoch, with as many labelled items at most, drawn at
    /// random.
    /// </summary>
    public IEnumerable<(double[] Candidates, int CandidateCount, double[] Labelled, int LabelledCount)> Batches(int epochs, int batchSize, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, _candidates.RowCount)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            for (int start = 0; start < order.Length; start += batchSize)
            {
                int[] candidates = order[start..Math.Min(order.Length, start + batchSize)];
                int[] labelled = random.Sample(_labelled.RowCount, Math.Min(batchSize, _labelled.RowCount));
                yield return (Of(_candidates, candidates), candidates.Length, Of(_labelled, labelled), labelled.Length);
            }
        }
    }

    private double[] Of(FeatureMatrix from, int[] rows)
    {
        var values = new double[rows.Length * Width];
        for (int i = 0; i < values.Length; i++)
        {
            int j = i % Width;
            values[i] = (from.Row(rows[i / Width])[j] - _mean[j]) * _scale[j];
        }

        return values;
    }
}
