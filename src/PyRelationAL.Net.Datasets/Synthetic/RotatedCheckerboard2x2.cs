namespace PyRelationAL.Datasets;

/// <summary>
/// The 2×2 checkerboard of Konyushkova et al. (2017) turned by 45 degrees: x uniform on [0, 1)², y = 1 where |x₁ − ½| &gt; |x₂ − ½| and 0 elsewhere,
/// no label noise.
/// </summary>
public static class RotatedCheckerboard2x2
{
    /// <summary>The dataset for those who load it later, with 1000 + 1000 rows.</summary>
    public static DatasetSource Source { get; } = Checkerboard.Source(nameof(RotatedCheckerboard2x2), seed => Generate(seed));

    /// <summary>Draws a sample. Rows are independent, so the train part is the same whatever the size of the test part.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="trainSize">Rows of the train part, which comes first; at least 1.</param>
    /// <param name="testSize">Rows of the test part; at least 0.</param>
    /// <returns>The dataset: two features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int trainSize = Checkerboard.DefaultSize, int testSize = Checkerboard.DefaultSize) =>
        Checkerboard.Generate(nameof(RotatedCheckerboard2x2), seed, trainSize, testSize, IsPositive);

    internal static bool IsPositive(float x1, float x2) => Math.Abs(x1 - 0.5f) > Math.Abs(x2 - 0.5f);
}
