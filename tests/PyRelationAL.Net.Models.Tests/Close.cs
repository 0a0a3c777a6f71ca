namespace PyRelationAL.Tests;

/// <summary>Comparison of vectors, relative to the larger of each expected value and a share of the largest expected value.</summary>
internal static class Close
{
    public static void AssertAll(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double tolerance, string? what = null)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
        double largest = 0;
        foreach (double e in expected)
        {
            largest = Math.Max(largest, Math.Abs(e));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(Math.Abs(expected[i]), 0.01 * largest);
            Assert.That(actual[i], Is.EqualTo(expected[i]).Within(tolerance * scale), $"{what} [{i}]");
        }
    }
}
