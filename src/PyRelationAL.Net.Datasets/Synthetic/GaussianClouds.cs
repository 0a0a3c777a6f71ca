using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>
/// The Gaussian clouds of Konyushkova et al. (2017): for each class c a mean m ~ U[0, 1)ᵈ and a matrix A of U[−½, ½) entries are drawn, and rows from
/// N(m, A Aᵀ).
/// </summary>
/// <remarks>
/// Of the n training rows ⌊p n⌋ are of class 1, with p = 0.8; <see cref="GaussianUnbalanced"/> draws p, too. Rows are in four runs: train class 1, train
/// class 0, test class 1, test class 0; the test part is ten times the train part. Every seed gives other clouds, so results for different seeds differ by
/// much more than sampling noise.
/// </remarks>
public static class GaussianClouds
{
    internal const string Citation = "K. Konyushkova, R. Sznitman and P. Fua (2017). Learning active learning from data. NeurIPS 30.";

    internal const string Notes = "The first 1000 rows are the train part, the last 10000 the test part. Every seed draws other clouds.";

    private const double FixedShare = 0.8;

    private const int TestFactor = 10;

    /// <summary>The dataset for those who load it later, with 1000 + 10000 rows in two dimensions.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(nameof(GaussianClouds), LearningTask.Classification(2), 11000, 2, Citation, Notes), seed => Generate(seed));

    /// <summary>Draws clouds, then a sample of them.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, the rows of the train part; at least 10, so that neither class can be empty. The dataset has 11 n rows.</param>
    /// <param name="dimensions">d, at least 1.</param>
    /// <returns>The dataset: d features, two classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = 1000, int dimensions = 2) =>
        Generate(nameof(GaussianClouds), seed, size, dimensions, FixedShare);

    internal static InMemoryDataset Generate(string name, long seed, int size, int dimensions, double share)
    {
        Generator.Size(size, 10, nameof(size));
        Generator.Size(dimensions, 1, nameof(dimensions));
        RandomStream parameters = Generator.Random(name, seed).Child("clouds");
        NormalLaw positive = Cloud(parameters.Child("class 1"), dimensions);
        NormalLaw negative = Cloud(parameters.Child("class 0"), dimensions);
        int ones = (int)(share * size);
        return new NormalBlobs(name, seed)
            .Add(ones, 1, positive)
            .Add(size - ones, 0, negative)
            .Add(checked(TestFactor * ones), 1, positive)
            .Add(checked(TestFactor * (size - ones)), 0, negative)
            .ToDataset();
    }

    private static NormalLaw Cloud(RandomStream random, int dimensions)
    {
        var mean = new double[dimensions];
        var root = new double[dimensions, dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            mean[i] = random.NextDouble();
        }

        for (int i = 0; i < dimensions; i++)
        {
            for (int j = 0; j < dimensions; j++)
            {
                root[i, j] = random.NextDouble() - 0.5;
            }
        }

        return new NormalLaw(mean, root);
    }
}
