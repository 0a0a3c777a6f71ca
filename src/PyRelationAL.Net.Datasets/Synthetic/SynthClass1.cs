namespace PyRelationAL.Datasets;

/// <summary>Two round blobs: ⌊n/2⌋ rows of N((1, 1), I) labelled 1, then the rest of N((−1, −1), I) labelled 0.</summary>
/// <remarks>
/// The paper's tables were made with the means (3, 3) and (0, 0) instead. PyRelationAL does not seed its sample, so results can only be compared in law.
/// </remarks>
public static class SynthClass1
{
    internal const string Citation =
        "Y. Yang and M. Loog (2018). A benchmark and comparison of active learning for logistic regression. Pattern Recognition 83.";

    internal const string Notes = "Rows are sorted by class.";

    internal const int DefaultSize = 500;

    /// <summary>The dataset for those who load it later, with 500 rows.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(nameof(SynthClass1), LearningTask.Classification(2), DefaultSize, 2, Citation, Notes), seed => Generate(seed));

    /// <summary>Draws a sample.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, at least 2.</param>
    /// <param name="paperCompatible">Whether to use the means of the time of Scherer et al. (2022), N((3, 3), I) against N((0, 0), I).</param>
    /// <returns>The dataset: two features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = DefaultSize, bool paperCompatible = false)
    {
        int ones = Generator.Size(size, 2, nameof(size)) / 2;
        (double one, double zero) = paperCompatible ? (3, 0) : (1, -1);
        return new NormalBlobs(nameof(SynthClass1), seed)
            .Add(ones, 1, NormalLaw.Unit(one, one))
            .Add(size - ones, 0, NormalLaw.Unit(zero, zero))
            .ToDataset();
    }
}
