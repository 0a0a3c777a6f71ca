namespace PyRelationAL.Datasets;

/// <summary>
/// Six round blobs N(m, I) of two classes: m = (0, 5), (0, −5), (−5, 10) are class 0; (5, 10), (−5, −10), (5, −10) are class 1. In this order, n/6 rows
/// each, the first n mod 6 blobs one more.
/// </summary>
/// <remarks>
/// The paper's tables were made with other classes for the same blobs: (0, 5), (−5, 10), (−5, −10) were class 1. PyRelationAL does not seed its sample, so
/// results can only be compared in law.
/// </remarks>
public static class SynthClass2
{
    private static readonly (double M1, double M2, int Class, int PaperClass)[] Blobs =
    [
        (0, 5, 0, 1),
        (0, -5, 0, 0),
        (-5, 10, 0, 1),
        (5, 10, 1, 0),
        (-5, -10, 1, 1),
        (5, -10, 1, 0),
    ];

    /// <summary>The dataset for those who load it later, with 500 rows.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(nameof(SynthClass2), LearningTask.Classification(2), SynthClass1.DefaultSize, 2, SynthClass1.Citation, "Rows are sorted by blob."),
        seed => Generate(seed));

    /// <summary>Draws a sample.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, at least 6.</param>
    /// <param name="paperCompatible">Whether to use the classes of the time of Scherer et al. (2022).</param>
    /// <returns>The dataset: two features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = SynthClass1.DefaultSize, bool paperCompatible = false)
    {
        Generator.Size(size, Blobs.Length, nameof(size));
        var blobs = new NormalBlobs(nameof(SynthClass2), seed);
        for (int b = 0; b < Blobs.Length; b++)
        {
            int count = (size / Blobs.Length) + (b < size % Blobs.Length ? 1 : 0);
            blobs.Add(count, paperCompatible ? Blobs[b].PaperClass : Blobs[b].Class, NormalLaw.Unit(Blobs[b].M1, Blobs[b].M2));
        }

        return blobs.ToDataset();
    }
}
