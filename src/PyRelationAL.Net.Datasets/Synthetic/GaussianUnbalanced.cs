namespace PyRelationAL.Datasets;

/// <summary>
/// The unbalanced Gaussian clouds of Konyushkova et al. (2017): as <see cref="GaussianClouds"/>, but the share p of class 1 is drawn, too, from U[0.1, 0.9).
/// </summary>
public static class GaussianUnbalanced
{
    /// <summary>The dataset for those who load it later, with 1000 + 10000 rows in two dimensions.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(
            nameof(GaussianUnbalanced),
            LearningTask.Classification(2),
            11000,
            2,
            GaussianClouds.Citation,
            GaussianClouds.Notes + " The class balance is drawn, too."),
        seed => Generate(seed));

    /// <summary>Draws the share of class 1 and the clouds, then a sample of them.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, the rows of the train part; at least 10, so that neither class can be empty. The dataset has 11 n rows.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <returns>The dataset: d features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = 1000, int dimensions = 2)
    {
        double share = 0.5 + (0.8 * (Generator.Random(nameof(GaussianUnbalanced), seed).Child("share").NextDouble() - 0.5));
        return GaussianClouds.Generate(nameof(GaussianUnbalanced), seed, size, dimensions, share);
    }
}
