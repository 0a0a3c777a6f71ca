using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>How many training items are labelled at the start: a count or a share. Immutable.</summary>
public readonly record struct InitialSize
{
    private readonly int _count;
    private readonly double _share;

    private InitialSize(int count, double share)
    {
        _count = count;
        _share = share;
    }

    /// <summary>A number of items.</summary>
    /// <param name="count">At least 0.</param>
    /// <returns>The size.</returns>
    public static InitialSize OfCount(int count) => new(Guard.NonNegative(count), 0);

    /// <summary>A share of the training items, rounded down, as in PyRelationAL.</summary>
    /// <param name="share">In (0, 1).</param>
    /// <returns>The size.</returns>
    public static InitialSize OfShare(double share) => share is > 0 and < 1
        ? new(0, share)
        : throw new ArgumentOutOfRangeException(nameof(share), share, Guard.Text($"share is {share}; it must lie strictly between 0 and 1."));

    /// <summary>The number of items out of <paramref name="trainCount"/>.</summary>
    /// <param name="trainCount">The number of training items.</param>
    /// <returns>A count between 0 and <paramref name="trainCount"/>.</returns>
    /// <exception cref="ArgumentException">The count exceeds the training set.</exception>
    public int Resolve(int trainCount)
    {
        int count = _share > 0 ? Guard.FloorOfShare(_share, trainCount) : _count;
        return count <= trainCount
            ? count
            : throw new ArgumentException(Guard.Text($"{count} initial labels were asked for and there are {trainCount} training items."));
    }
}
