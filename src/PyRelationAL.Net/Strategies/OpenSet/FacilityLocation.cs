using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Maximises Σᵢ maxⱼ∈A max(min(sᵢⱼ, capᵢ) − floorᵢ, 0) + Σⱼ∈A mⱼ by lazy greedy selection: the gain of a candidate only falls while the batch grows, so that
/// one whose last known gain is behind the best need not be computed anew.
/// </summary>
/// <remarks>
/// Minoux, "Accelerated greedy algorithms for maximizing submodular set functions", 1978. Similarities below 0 count as 0. Gains are computed for whole
/// candidates, each in the same order of additions, so that neither the number of threads nor laziness changes a bit.
/// </remarks>
internal sealed class FacilityLocation(
    ISimilarities similarities, int first, double[] caps, double[] floors, double[] modular, int threads, CancellationToken cancellationToken)
{
    // Candidates computed anew at a time, and points at a time for each.
    private const int Wave = 16;
    private const int Tile = 1024;

    // What each point has already: max over the batch of max(min(s, cap) − floor, 0).
    private readonly double[] _reached = new double[caps.Length];

    /// <summary>Of each point in a range, the largest similarity with the points of another, at least 0; 0 where that is empty.</summary>
    public static double[] Largest(
        ISimilarities similarities, int count, int start, int others, double weight, int threads, CancellationToken cancellationToken)
    {
        var largest = new double[count];
        if (others > 0)
        {
            Blocks.ForEach(
                count,
                threads,
                cancellationToken,
                (begin, rows) =>
                {
                    var row = new double[others];
                    for (int i = begin; i < begin + rows; i++)
                    {
                        similarities.Of(i, start, row);
                        largest[i] = weight * Math.Max(0, TensorPrimitives.Max<double>(row));
                    }
                },
                blockRows: 64);
        }

        return largest;
    }

    /// <summary>Selects candidates, with the gain of each; of equal gains the one that was larger at first, then the lowest position.</summary>
    public int[] Select(int count, Span<double> gains)
    {
        double[] alone = Gains([.. Enumerable.Range(0, modular.Length)]);
        var queue = new PriorityQueue<int, Key>(alone.Select((gain, j) => (j, new Key(-gain, -gain, j))));
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            Key best = Best(queue);
            selected[k] = best.Position;
            if (!gains.IsEmpty)
            {
                gains[k] = -best.Bound;
            }

            Add(best.Position);
        }

        return selected;
    }

    /// <summary>What each of some candidates would add.</summary>
    public double[] Gains(int[] candidates)
    {
        var gains = new double[candidates.Length];
        Blocks.ForEach(
            candidates.Length,
            threads,
            cancellationToken,
            (begin, count) =>
            {
                Span<double> row = stackalloc double[Tile];
                for (int j = begin; j < begin + count; j++)
                {
                    double sum = 0;
                    for (int start = 0; start < caps.Length; start += Tile)
                    {
                        Span<double> values = row[..Math.Min(Tile, caps.Length - start)];
                        Values(candidates[j], start, values);
                        TensorPrimitives.Subtract(values, _reached.AsSpan(start, values.Length), values);
                        TensorPrimitives.Max(values, 0, values);
                        sum += TensorPrimitives.Sum<double>(values);
                    }

                    gains[j] = modular[candidates[j]] + sum;
                }
            },
            blockRows: 1);
        return gains;
    }

    /// <summary>Takes a candidate: what it reaches needs no other.</summary>
    public void Add(int candidate)
    {
        var values = new double[caps.Length];
        Values(candidate, 0, values);
        TensorPrimitives.Max(_reached, values, _reached);
    }

    /// <summary>Takes the best candidate out of the queue, computing anew those that may be it.</summary>
    private Key Best(PriorityQueue<int, Key> queue)
    {
        var best = new Key(double.PositiveInfinity, 0, -1);
        var fresh = new List<Key>();
        while (IsAhead(queue, best))
        {
            var wave = new List<Key>(Wave);
            while (wave.Count < Wave && IsAhead(queue, best))
            {
                queue.TryDequeue(out _, out Key key);
                wave.Add(key);
            }

            double[] gains = Gains([.. wave.Select(key => key.Position)]);
            for (int i = 0; i < gains.Length; i++)
            {
                Key key = wave[i] with { Bound = -gains[i] };
                fresh.Add(key);
                best = key.CompareTo(best) < 0 ? key : best;
            }
        }

        queue.EnqueueRange(fresh.Where(key => key.Position != best.Position).Select(key => (key.Position, key)));
        return best;
    }

    private static bool IsAhead(PriorityQueue<int, Key> queue, Key best) => queue.TryPeek(out _, out Key next) && next.CompareTo(best) < 0;

    /// <summary>max(min(s, cap) − floor, 0) of consecutive points.</summary>
    private void Values(int candidate, int start, Span<double> values)
    {
        similarities.Of(candidate, first + start, values);
        TensorPrimitives.Max(values, 0, values);
        TensorPrimitives.Min(values, caps.AsSpan(start, values.Length), values);
        TensorPrimitives.Subtract(values, floors.AsSpan(start, values.Length), values);
        TensorPrimitives.Max(values, 0, values);
    }

    /// <summary>Least first: the negated gain, of which the true one may fall short, the negated gain at first, and the position.</summary>
    private readonly record struct Key(double Bound, double Alone, int Position) : IComparable<Key>
    {
        public int CompareTo(Key other) => (Bound, Alone, Position).CompareTo((other.Bound, other.Alone, other.Position));
    }
}
