using System.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, 1998) with the shuffle of NumPy's <c>RandomState</c>. Only for scikit-learn's folds; everything else takes its
/// random numbers from <see cref="Numerics.RandomStream"/>.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;

    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++)
        {
            uint previous = _state[i - 1];
            _state[i] = unchecked((1812433253 * (previous ^ (previous >> 30))) + i);
        }
    }

    /// <summary>Shuffles from the end, with rejection under a mask.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)AtMost((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private uint AtMost(uint largest)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(largest);
        while (true)
        {
            uint value = NextUInt32() & mask;
            if (value <= largest)
            {
                return value;
            }
        }
    }

    private uint NextUInt32()
    {
        if (_next == Size)
        {
            Twist();
            _next = 0;
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
    }
}
