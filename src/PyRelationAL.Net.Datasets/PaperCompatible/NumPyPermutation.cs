using System.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>
/// The permutation that <c>numpy.random.default_rng(0).permutation</c> gives: PCG64 (M. E. O'Neill, 2014, XSL-RR) with the state that seed 0 leads to, and a
/// shuffle from the end with rejection under a mask. Only for the order in which PyRelationAL has its rows.
/// </summary>
internal static class NumPyPermutation
{
    private static readonly UInt128 Multiplier = new(2549297995355413924, 4865540595714422341);
    private static readonly UInt128 SeedZero = new(0x1AA1B5345996452D, 0x09585EB7A69561E3);
    private static readonly UInt128 Increment = new(0x418DDADB3AF71A82, 0x588133BC447873A9);

    /// <summary>The numbers 0 to <paramref name="count"/> − 1 in NumPy's order.</summary>
    public static int[] OfSeedZero(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var generator = new Pcg64();
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)generator.AtMost((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private sealed class Pcg64
    {
        private UInt128 _state = SeedZero;
        private uint? _upperHalf;

        public uint AtMost(uint largest)
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
            if (_upperHalf is { } kept)
            {
                _upperHalf = null;
                return kept;
            }

            ulong both = NextUInt64();
            _upperHalf = (uint)(both >> 32);
            return (uint)both;
        }

        private ulong NextUInt64()
        {
            _state = (_state * Multiplier) + Increment;
            ulong upper = (ulong)(_state >> 64), lower = (ulong)_state;
            return ulong.RotateRight(upper ^ lower, (int)(upper >> 58));
        }
    }
}
