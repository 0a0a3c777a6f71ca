using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// The greedy steps of <see cref="RankedBatch"/>. Similarities to what is labelled or taken only grow, so that a score from old ones is an upper bound: only
/// candidates whose bound reaches the best score are compared with what was taken since (lazy greedy, Minoux 1978). The result is that of comparing all in
/// each step.
/// </summary>
internal sealed class RankedBatchSearch
{
    private const int BlockRows = 512;

    // Between two looks at whether a candidate is still of interest.
    private const int Step = 32;

    // More than rounding makes of two equal scores.
    private const double Rounding = 1e-12;

    private readonly FeatureMatrix _candidates;
    private readonly double[] _uncertainties;
    private readonly Similarity _similarity;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly int _columns;

    // The labelled rows, then those taken.
    private readonly double[] _references;
    private readonly double[] _nearest;
    private readonly int[] _seen;
    private readonly bool[] _taken;
    private readonly Block[] _blocks;
    private int _referenceCount;
    private double _alpha;

    public RankedBatchSearch(
        ReadOnlySpan<double> scores,
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        Similarity similarity,
        int threads,
        CancellationToken cancellationToken)
    {
        _candidates = candidates;
        _uncertainties = scores.ToArray();
        _similarity = similarity;
        _threads = threads;
        _cancellationToken = cancellationToken;
        _columns = candidates.ColumnCount;
        _references = new double[checked((labelled.RowCount + count) * _columns)];
        WideRows.Widen(labelled.Values, _references.AsSpan(0, labelled.Values.Length));
        _referenceCount = labelled.RowCount;
        _nearest = new double[scores.Length];
        _seen = new int[scores.Length];
        _taken = new bool[scores.Length];
        _blocks = new Block[(scores.Length + BlockRows - 1) / BlockRows];
        Array.Fill(_blocks, new Block(double.PositiveInfinity, 0, 0, -1));
    }

    /// <summary>Takes the best candidate.</summary>
    /// <param name="alpha">α, which must not grow from one call to the next.</param>
    public int Take(double alpha)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _alpha = alpha;
        double least = double.NegativeInfinity;
        for (int i = 0; i < 4; i++)
        {
            int block = LargestBound();
            Summarise(block);
            int candidate = _blocks[block].Best;
            if (candidate >= 0)
            {
                CatchUp(candidate, double.NegativeInfinity);
                Summarise(block);
                least = Math.Max(least, Score(candidate));
            }
        }

        int[] open = [.. Enumerable.Range(0, _blocks.Length).Where(b => _blocks[b].Bound(alpha) >= least - Rounding)];
        Blocks.ForEach(open.Length, _threads, _cancellationToken, (start, count) => Lower(open.AsSpan(start, count), least), blockRows: 4);
        int best = -1;
        foreach (int b in open)
        {
            int candidate = _blocks[b].Best;
            if (candidate >= 0 && (best < 0 || Score(candidate) > Score(best)))
            {
                best = candidate;
            }
        }

        _taken[best] = true;
        WideRows.Widen(_candidates.Row(best), _references.AsSpan(_referenceCount * _columns, _columns));
        _referenceCount++;
        Summarise(best / BlockRows);
        return best;
    }

    private double Score(int candidate) => (_alpha * (1 - _nearest[candidate])) + ((1 - _alpha) * _uncertainties[candidate]);

    private int LargestBound()
    {
        int best = 0;
        double largest = double.NegativeInfinity;
        for (int b = 0; b < _blocks.Length; b++)
        {
            double bound = _blocks[b].Bound(_alpha);
            if (bound > largest)
            {
                (best, largest) = (b, bound);
            }
        }

        return best;
    }

    private void Lower(ReadOnlySpan<int> blocks, double least)
    {
        foreach (int b in blocks)
        {
            for (int i = b * BlockRows; i < Math.Min((b + 1) * BlockRows, _seen.Length); i++)
            {
                if (!_taken[i] && _seen[i] < _referenceCount && Score(i) >= least)
                {
                    CatchUp(i, least);
                }
            }

            Summarise(b);
        }
    }

    /// <summary>Compares a candidate with references that it has not seen, until its score is below what is asked for.</summary>
    private void CatchUp(int candidate, double least)
    {
        double[] rented = System.Buffers.ArrayPool<double>.Shared.Rent(_columns);
        Span<double> row = rented.AsSpan(0, _columns), similarities = stackalloc double[Step];
        WideRows.Widen(_candidates.Row(candidate), row);
        while (_seen[candidate] < _referenceCount && Score(candidate) >= least)
        {
            int from = _seen[candidate], count = Math.Min(Step, _referenceCount - from);
            _similarity.ToRows(row, _references.AsSpan(from * _columns, count * _columns), similarities[..count]);
            _nearest[candidate] = Math.Max(_nearest[candidate], System.Numerics.Tensors.TensorPrimitives.Max<double>(similarities[..count]));
            _seen[candidate] = from + count;
        }

        System.Buffers.ArrayPool<double>.Shared.Return(rented);
    }

    private void Summarise(int block)
    {
        int best = -1;
        double largest = double.NegativeInfinity, rise = 0;
        for (int i = block * BlockRows; i < Math.Min((block + 1) * BlockRows, _seen.Length); i++)
        {
            double score = Score(i);
            if (!_taken[i] && score > largest)
            {
                (best, largest) = (i, score);
            }

            rise = Math.Max(rise, _uncertainties[i] - (1 - _nearest[i]));
        }

        _blocks[block] = new Block(largest, _alpha, rise, best);
    }

    /// <summary>The largest score of a block when α was last known, how fast it can rise as α falls, and whose it was; −1 where all are taken.</summary>
    private readonly record struct Block(double Largest, double Alpha, double Rise, int Best)
    {
        public double Bound(double alpha) => double.IsFinite(Largest) ? Largest + ((Alpha - alpha) * Rise) : Largest;
    }
}
