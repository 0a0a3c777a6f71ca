using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public sealed class EntropiesTests
{
    [Test]
    public void Terms_are_p_times_its_logarithm_within_a_few_units_in_the_last_place()
    {
        var random = new RandomStream(1);
        double[] p =
        [
            0, 1, 0.5, Math.Sqrt(0.5), Math.BitDecrement(Math.Sqrt(0.5)), Math.Sqrt(2), 1 - 1e-16, 1 + 1e-15, 1e-300,
            double.Epsilon, 2.2250738585072014e-308, 1.001,
            .. Enumerable.Range(0, 2000).Select(_ => random.NextDouble()),
            .. Enumerable.Range(0, 2001).Select(_ => Math.Exp(-700 * random.NextDouble())),
            .. Enumerable.Range(0, 500).Select(_ => 1 - (1e-3 * random.NextDouble())),
        ];
        var terms = new double[p.Length];
        Entropies.Terms(p, terms);
        for (int i = 0; i < p.Length; i++)
        {
            // The logarithm of what is below the smallest normal number is that of this number; the product is 0 to all digits.
            double expected = p[i] < 2.2250738585072014e-308 ? 0 : p[i] * Math.Log(p[i]);
            Assert.That(terms[i], Is.EqualTo(expected).Within(Math.Max(Math.Abs(expected) * 1e-15, 1e-305)), $"p = {p[i]:R}");
        }

        Assert.That(terms[0], Is.Zero);
        Assert.That(terms[1], Is.Zero);
    }

    [Test]
    public void Entropies_do_not_depend_on_the_rows_beside([Values(1, 2, 3, 10, 17)] int columns)
    {
        var random = new RandomStream(2);
        double[] rows = [.. Enumerable.Range(0, 700 * columns).Select(_ => random.NextDouble() / columns)];
        double[] all = new double[700], one = new double[1];
        Entropies.OfRows(rows, columns, all);
        for (int i = 0; i < 700; i += 13)
        {
            Entropies.OfRows(rows.AsSpan(i * columns, columns), columns, one);
            Assert.That(one[0], Is.EqualTo(all[i]));
            Assert.That(one[0], Is.EqualTo(-Enumerable.Range(0, columns).Sum(j => rows[(i * columns) + j] * Math.Log(rows[(i * columns) + j]))).Within(1e-13));
        }
    }

    [Test]
    public void Four_arrays_at_once_are_four_one_after_the_other([Values(1, 8, 21)] int length)
    {
        var random = new RandomStream(3);
        double[][] arrays = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextDouble()).ToArray())];
        double[] sums = new double[length], terms = new double[length], expected = new double[length], expectedTerms = new double[length];
        Entropies.Add(arrays[0], arrays[1], arrays[2], arrays[3], sums, terms);
        foreach (double[] array in arrays)
        {
            Entropies.Add(array, expected, expectedTerms);
        }

        Assert.That(sums, Is.EqualTo(expected));
        Assert.That(terms, Is.EqualTo(expectedTerms));
        for (int i = 0; i < length; i++)
        {
            Assert.That(sums[i], Is.EqualTo(arrays.Sum(a => a[i])).Within(1e-15));
            Assert.That(terms[i], Is.EqualTo(arrays.Sum(a => a[i] * Math.Log(a[i]))).Within(1e-15));
        }
    }

    [Test]
    public void Single_terms_are_p_times_its_logarithm_within_four_units_in_the_last_place()
    {
        var random = new RandomStream(4);
        float[] p =
        [
            0, 1, 0.5f, MathF.Sqrt(0.5f), MathF.BitDecrement(MathF.Sqrt(0.5f)), MathF.BitDecrement(1), MathF.BitIncrement(1), 1e-38f, float.Epsilon, 1e-30f,
            1.4142f, 0.7f, 0.8f, 0.25f, 0.99f, 1.01f,
            .. Enumerable.Range(0, 16_000).Select(_ => (float)random.NextDouble()),
            .. Enumerable.Range(0, 1600).Select(_ => (float)Math.Exp(-80 * random.NextDouble())),
            .. Enumerable.Range(0, 1600).Select(_ => (float)(1 - (1e-3 * random.NextDouble()))),
        ];
        for (int start = 0; start < p.Length; start += 16)
        {
            System.Runtime.Intrinsics.Vector512<float> terms =
                SingleEntropies.Term(System.Runtime.Intrinsics.Vector512.Create((ReadOnlySpan<float>)p.AsSpan(start, 16)));
            for (int i = 0; i < 16; i++)
            {
                double expected = p[start + i] < 1.17549435e-38f ? 0 : p[start + i] * Math.Log(p[start + i]);
                Assert.That(terms[i], Is.EqualTo(expected).Within(Math.Max(Math.Abs(expected) * 4 / (1 << 23), 1e-36)), $"p = {p[start + i]:R}");
            }
        }
    }
}
