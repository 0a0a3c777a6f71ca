using System.Numerics;

namespace PyRelationAL.Reproduction.Python;

/// <summary>
/// CPython's <c>random.Random(seed)</c>, as far as <c>random.sample</c> needs it: the paper's warm starts are drawn with it. MT19937 is of Matsumoto and
/// Nishimura, "Mersenne twister", ACM TOMACS 8(1), 1998, seeded by an array as in their version of 2002.
/// </summary>
internal sealed class PythonRandom
{
    private const int Size = 624, Shift = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <param name="seed">A seed below 2³²: Python makes an array of one word of it.</param>
    public PythonRandom(uint seed)
    {
        Fill(19650218);
        int i = 1;
        for (int k = 0; k < Size; k++)
        {
            _state[i] = (_state[i] ^ Mixed(i, 1664525)) + seed;
            i = Following(i);
        }

        for (int k = 0; k < Size - 1; k++)
        {
            _state[i] = (_state[i] ^ Mixed(i, 1566083941)) - (uint)i;
            i = Following(i);
        }

        _state[0] = 0x80000000;
    }

    /// <summary>The generator's next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Size)
        {
            Twist();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary><c>random.sample(population, count)</c>: distinct members in the order in which they are drawn.</summary>
    public T[] Sample<T>(IReadOnlyList<T> population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population.Count);
        int n = population.Count;
        return n <= SetSize(count) ? FromPool([.. population], count) : WithSet(population, count);
    }

    // Python's estimate of what a set of so many takes, compared with a list of the population.
    private static double SetSize(int count) => count <= 5 ? 21 : 21 + Math.Pow(4, Math.Ceiling(Math.Log(count * 3) / Math.Log(4)));

    private T[] FromPool<T>(T[] pool, int count)
    {
        var drawn = new T[count];
        for (int i = 0; i < count; i++)
        {
            int j = Below(pool.Length - i);
            drawn[i] = pool[j];
            pool[j] = pool[pool.Length - i - 1];
        }

        return drawn;
    }

    private T[] WithSet<T>(IReadOnlyList<T> population, int count)
    {
        var taken = new HashSet<int>(count);
        var drawn = new T[count];
        for (int i = 0; i < count; i++)
        {
            int j;
            do
            {
                j = Below(population.Count);
            }
            while (!taken.Add(j));

            drawn[i] = population[j];
        }

        return drawn;
    }

    // As many bits as n has, again until they are below n.
    private int Below(int n)
    {
        int bits = 32 - BitOperations.LeadingZeroCount((uint)n);
        uint r;
        do
        {
            r = NextUInt32() >> (32 - bits);
        }
        while (r >= (uint)n);

        return (int)r;
    }

    private uint Mixed(int i, uint factor) => (_state[i - 1] ^ (_state[i - 1] >> 30)) * factor;

    private int Following(int i)
    {
        if (i < Size - 1)
        {
            return i + 1;
        }

        _state[0] = _state[Size - 1];
        return 1;
    }

    private void Fill(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < Size; i++)
        {
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        }
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
        }

        _next = 0;
    }
}
