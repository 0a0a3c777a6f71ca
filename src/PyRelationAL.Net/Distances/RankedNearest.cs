using System.Numerics;
using System.Runtime.Intrinsics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// For each row of a block the references that may be among its k nearest by their ranks so far. Exact distances are asked for at the end, and for rows that
/// have so many references too close to tell that they do not fit.
/// </summary>
internal sealed class RankedNearest
{
    private const int Lanes = 16;

    private readonly int _count;
    private readonly int _room;

    // Ranks of a row: −∞ in front, so that what is before the first can be read, and then the smallest, of which there are as many as fill vectors.
    private readonly int _stride;
    private readonly IReferenceRanks _ranks;
    private readonly double[] _norms;
    private readonly double[] _errors;

    // By row: the smallest ranks, ascending; the references that may be near, ascending, and their ranks; how many these are.
    private readonly float[] _smallest;
    private readonly int[] _references;
    private readonly float[] _referenceRanks;
    private readonly int[] _kept;
    private readonly float[] _limits;
    private readonly float[] _settledLimits;

    /// <param name="rows">How many rows the block has.</param>
    /// <param name="count">k, at least 1.</param>
    /// <param name="ranks">Of the references.</param>
    public RankedNearest(int rows, int count, IReferenceRanks ranks)
    {
        _count = count;
        _room = 64 + (4 * count);
        _stride = Lanes + ((count + Lanes - 1) / Lanes * Lanes);
        _ranks = ranks;
        _norms = new double[rows];
        _errors = new double[rows];
        _smallest = new float[rows * _stride];
        _references = new int[rows * _room];
        _referenceRanks = new float[rows * _room];
        _kept = new int[rows];
        _limits = new float[rows];
        _settledLimits = new float[rows];
        Array.Fill(_smallest, float.PositiveInfinity);
        for (int row = 0; row < rows; row++)
        {
            _smallest[(row * _stride) + Lanes - 1] = float.NegativeInfinity;
        }

        Array.Fill(_limits, float.PositiveInfinity);
        Array.Fill(_settledLimits, float.PositiveInfinity);
    }

    /// <summary>Says how long a row is, before anything else of it.</summary>
    public void Set(int row, double squaredNorm) => (_norms[row], _errors[row]) = (squaredNorm, _ranks.ErrorFor(squaredNorm));

    /// <summary>A reference whose rank is above it is not among the nearest.</summary>
    public float Limit(int row) => _limits[row];

    /// <summary>The references of a row that may be among the nearest and whose distances have not been settled.</summary>
    public ReadOnlySpan<int> Open(int row) => _references.AsSpan(row * _room, _kept[row]);

    /// <summary>Takes in the references of a panel that are not above the limit; panels come in ascending order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The panel's first reference.</param>
    /// <param name="ranks">The panel's ranks.</param>
    /// <param name="open">The references to take in, as bits.</param>
    /// <returns>Whether there is room for another panel. Where not, all open ones must be settled first.</returns>
    public bool Add(int row, int first, ReadOnlySpan<float> ranks, uint open)
    {
        Span<float> smallest = _smallest.AsSpan(row * _stride, _stride);
        int at = (row * _room) + _kept[row], kth = Lanes + _count - 1;
        _kept[row] += BitOperations.PopCount(open);
        for (; open != 0; open &= open - 1, at++)
        {
            int bit = BitOperations.TrailingZeroCount(open);
            float rank = ranks[bit];
            (_references[at], _referenceRanks[at]) = (first + bit, rank);
            if (rank < smallest[kth])
            {
                Insert(smallest, rank);
            }
        }

        UpdateLimit(row);
        if (_kept[row] + SinglePanels.Width <= _room)
        {
            return true;
        }

        Drop(row);
        return _kept[row] <= _room / 2;
    }

    /// <summary>Drops the open references that turned out not to be among the nearest.</summary>
    public void Drop(int row)
    {
        Span<int> references = _references.AsSpan(row * _room, _kept[row]);
        Span<float> ranks = _referenceRanks.AsSpan(row * _room, _kept[row]);
        int kept = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            // Written so that what is no number stays.
            if (!(ranks[i] > _limits[row]))
            {
                (references[kept], ranks[kept]) = (references[i], ranks[i]);
                kept++;
            }
        }

        _kept[row] = kept;
    }

    /// <summary>Says that the open references have been settled, and how far the k-th nearest of all settled ones is.</summary>
    public void Settled(int row, double farthest)
    {
        _kept[row] = 0;
        _settledLimits[row] = _ranks.LimitOfDistance(farthest, _norms[row], _errors[row]);
        UpdateLimit(row);
    }

    /// <summary>The larger of what is before a place, and the smaller of what is there and the new rank, belongs there.</summary>
    private static void Insert(Span<float> smallest, float rank)
    {
        Vector512<float> ranks = Vector512.Create(rank);
        ref float at = ref smallest[0];
        for (nuint i = (nuint)smallest.Length - Lanes; i >= Lanes; i -= Lanes)
        {
            Vector512<float> here = Vector512.LoadUnsafe(ref at, i), before = Vector512.LoadUnsafe(ref at, i - 1);
            Vector512.MaxNative(before, Vector512.MinNative(here, ranks)).StoreUnsafe(ref at, i);
        }
    }

    private void UpdateLimit(int row)
    {
        float limit = _ranks.LimitOfRank(_smallest[(row * _stride) + Lanes + _count - 1], _norms[row], _errors[row]);
        _limits[row] = limit < _settledLimits[row] ? limit : _settledLimits[row];
    }
}
