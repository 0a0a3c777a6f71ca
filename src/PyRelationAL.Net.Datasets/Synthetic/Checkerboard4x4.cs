namespace PyRelationAL.Datasets;

/// <summary>
/// The 4×4 checkerboard of Konyushkova et al. (2017): x uniform on [0, 1)², y = 1 where ⌊4 x₁⌋ + ⌊4 x₂⌋ is even and 0 elsewhere, no label noise.
/// </summary>
public static class Checkerboard4x4
{
    /// <summary>The dataset for those who load it later, with 1000 + 1000 rows.</summary>
    public static DatasetSource Source { get; } = Checkerboard.Source(nameof(Checkerboard4x4), seed => Generate(seed));

    /// <summary>Draws a sample. Rows are independent, so the train part is the same whatever the size of the test part.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="trainSize">Rows of the train part, which comes first; at least 1.</param>
    /// <param name="testSize">Rows of the test part; at least 0.</param>
    /// <returns>The dataset: two features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int trainSize = Checkerboard.DefaultSize, int testSize = Checkerboard.DefaultSize) =>
        Checkerboard.Generate(nameof(Checkerboard4x4), seed, trainSize, testSize, (x1, x2) => Checkerboard.OnEvenSquare(4, x1, x2));
}
