using System.Numerics;
using System.Numerics.Tensors;
using System.Text;

namespace PyRelationAL.Numerics;

/// <summary>
/// A reproducible source of random numbers: xoshiro256** (Blackman and Vigna, 2018, "Scrambled linear pseudorandom number
/// generators"), seeded through SplitMix64. The sequence for a given seed is part of this library's contract and does not change
/// with the runtime or the machine.
/// </summary>
/// <remarks>
/// <para>
/// A stream never shares its state. Whoever starts independent work derives a child with <see cref="Child(string)"/> or
/// <see cref="Child(long)"/>: a child depends on this stream's <em>seed</em> and the given name or index only, not on how many numbers
/// have been drawn, so the order in which consumers are created does not matter, nor does the number of threads.
/// </para>
/// <para>Not safe for concurrent use: give each thread its own child.</para>
/// </remarks>
public sealed class RandomStream
{
    private readonly ulong _seed;
    private ulong _s0, _s1, _s2, _s3;
    private double _spareGaussian = double.NaN;

    /// <summary>Creates a root stream.</summary>
    /// <param name="seed">Any value; equal seeds give equal sequences.</param>
    public RandomStream(long seed)
        : this(unchecked((ulong)seed))
    {
    }

    private RandomStream(ulong seed)
    {
        _seed = seed;
        ulong state = seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The words from which the next draw is made.</summary>
    internal (ulong First, ulong Second, ulong Third, ulong Fourth) State => (_s0, _s1, _s2, _s3);

    /// <summary>Derives an independent stream from this stream's seed and a name.</summary>
    /// <param name="name">What the stream is for; equal names give equal streams.</param>
    /// <returns>A new stream.</returns>
    public RandomStream Child(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // FNV-1a over UTF-8: short, fixed for ever, and good enough since SplitMix scrambles the result.
        ulong hash = 14695981039346656037UL;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return new RandomStream(Mix(_seed, hash));
    }

    /// <summary>Derives an independent stream from this stream's seed and an index.</summary>
    /// <param name="index">Which one, for example the number of a round or of an ensemble member.</param>
    /// <returns>A new stream.</returns>
    public RandomStream Child(long index) => new(Mix(_seed, unchecked((ulong)index) ^ 0xA5A5_5A5A_C3C3_3C3CUL));

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A value uniform on all 64-bit integers.</returns>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform draw from [0, 1), a multiple of 2⁻⁵³.</summary>
    /// <returns>The draw.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform draw from the open interval (0, 1): safe to take the logarithm of.</summary>
    /// <returns>The draw.</returns>
    public double NextOpenDouble() => ToOpenUnit(NextUInt64());

    /// <summary>A uniform integer in [0, <paramref name="exclusiveMax"/>), without modulo bias (Lemire, 2019).</summary>
    /// <param name="exclusiveMax">At least 1.</param>
    /// <returns>The draw.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
    public int NextInt32(int exclusiveMax)
    {
        Guard.Positive(exclusiveMax);
        uint range = (uint)exclusiveMax;
        ulong product = (ulong)(uint)(NextUInt64() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = unchecked(0u - range) % range;
            while (low < threshold)
            {
                product = (ulong)(uint)(NextUInt64() >> 32) * range;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A standard normal draw (Marsaglia's polar method).</summary>
    /// <returns>The draw.</returns>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double x, y, r;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            r = (x * x) + (y * y);
        }
        while (r >= 1 || r == 0);

        double scale = Math.Sqrt(-2 * Math.Log(r) / r);
        _spareGaussian = y * scale;
        return x * scale;
    }

    /// <summary>A standard Gumbel draw, −ln(−ln u).</summary>
    /// <returns>The draw.</returns>
    public double NextGumbel() => -Math.Log(-Math.Log(NextOpenDouble()));

    /// <summary>Shuffles in place, uniformly over all orders (Fisher–Yates).</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">What to shuffle.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>
    /// Draws <paramref name="count"/> distinct integers from [0, <paramref name="population"/>) uniformly, in random order
    /// (partial Fisher–Yates, O(population) memory).
    /// </summary>
    /// <param name="population">How many there are; at least 0.</param>
    /// <param name="count">How many to draw; between 0 and <paramref name="population"/>.</param>
    /// <returns>The draws.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public int[] Sample(int population, int count)
    {
        Guard.NonNegative(population);
        if (count < 0 || count > population)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, Guard.Text($"count is {count}; it must lie in [0, {population}]."));
        }

        var all = new int[population];
        for (int i = 0; i < population; i++)
        {
            all[i] = i;
        }

        for (int i = 0; i < count; i++)
        {
            int j = i + NextInt32(population - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }

    /// <summary>The numbers that as many <see cref="NextDouble"/> give, several times as fast: the state stays in registers.</summary>
    internal void FillDouble(Span<double> values)
    {
        ulong s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3;
        for (int i = 0; i < values.Length; i++)
        {
            ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9, t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = BitOperations.RotateLeft(s3, 45);
            values[i] = (long)(result >> 11) * (1.0 / (1UL << 53));
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>
    /// Standard normal draws, many at once: the polar method too, with the logarithms in vectors. Not the numbers that as many <see cref="NextGaussian"/> give.
    /// </summary>
    internal void FillGaussian(Span<double> values)
    {
        const int Pairs = 128;
        Span<double> points = stackalloc double[2 * Pairs], squares = stackalloc double[Pairs], scales = stackalloc double[Pairs];
        for (int start = 0; start < values.Length; start += 2 * Pairs)
        {
            // Whole blocks, also for the last values: a logarithm must not depend on how many follow.
            for (int accepted = 0; accepted < Pairs;)
            {
                Span<double> drawn = points[(2 * accepted)..];
                FillDouble(drawn);
                for (int k = 0; k < drawn.Length; k += 2)
                {
                    double x = (2 * drawn[k]) - 1, y = (2 * drawn[k + 1]) - 1, r = (x * x) + (y * y);
                    (points[2 * accepted], points[(2 * accepted) + 1], squares[accepted]) = (x, y, r);
                    accepted += r is < 1 and > 0 ? 1 : 0;
                }
            }

            TensorPrimitives.Log(squares, scales);
            TensorPrimitives.Divide(scales, squares, scales);
            TensorPrimitives.Multiply(scales, -2, scales);
            TensorPrimitives.Sqrt(scales, scales);
            for (int pair = 0; pair < Pairs; pair++)
            {
                points[2 * pair] *= scales[pair];
                points[(2 * pair) + 1] *= scales[pair];
            }

            points[..Math.Min(points.Length, values.Length - start)].CopyTo(values[start..]);
        }
    }

    /// <summary>The midpoint of one of 2⁵² equal cells of (0, 1). With 53 bits the half would round away, and the largest draw would be 1.</summary>
    internal static double ToOpenUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));

    private static ulong Mix(ulong seed, ulong key)
    {
        ulong state = seed;
        ulong a = SplitMix(ref state);
        state ^= key;
        ulong b = SplitMix(ref state);
        return BitOperations.RotateLeft(a, 32) ^ b;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E37_79B9_7F4A_7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}
