namespace PyRelationAL.Datasets;

/// <summary>
/// A blob between two others: ⌊n/4⌋ rows of N((0, 0), S) and ⌊n/4⌋ of N((3, 10), S) labelled 1, then the rest of N((3, 3), [[1, 2], [2, 7]]) labelled 0, where
/// S = B Bᵀ and B = [[0.60834549, −0.63667341], [−0.40887718, 0.85253229]].
/// </summary>
/// <remarks>PyRelationAL does not seed its sample, so results can only be compared in law.</remarks>
public static class SynthClass3
{
    private static readonly double[,] OuterRoot = { { 0.60834549, -0.63667341 }, { -0.40887718, 0.85253229 } };

    // The Cholesky root of [[1, 2], [2, 7]].
    private static readonly double[,] MiddleRoot = { { 1, 0 }, { 2, Math.Sqrt(3) } };

    /// <summary>The dataset for those who load it later, with 500 rows.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(nameof(SynthClass3), LearningTask.Classification(2), SynthClass1.DefaultSize, 2, SynthClass1.Citation, SynthClass1.Notes),
        seed => Generate(seed));

    /// <summary>Draws a sample.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, at least 4.</param>
    /// <returns>The dataset: two features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = SynthClass1.DefaultSize)
    {
        int quarter = Generator.Size(size, 4, nameof(size)) / 4;
        return new NormalBlobs(nameof(SynthClass3), seed)
            .Add(quarter, 1, new NormalLaw([0, 0], OuterRoot))
            .Add(quarter, 1, new NormalLaw([3, 10], OuterRoot))
            .Add(size - (2 * quarter), 0, new NormalLaw([3, 3], MiddleRoot))
            .ToDataset();
    }
}
