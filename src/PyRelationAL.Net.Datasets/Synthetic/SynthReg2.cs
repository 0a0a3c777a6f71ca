using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>A noisy helix: z ~ U[0, 15), x = sin z + 0.1 e₁, y = cos z + 0.1 e₂ with e₁, e₂ ~ N(0, 1). Features (z, x), target y.</summary>
/// <remarks>PyRelationAL does not seed its sample, so results can only be compared in law.</remarks>
public static class SynthReg2
{
    /// <summary>The dataset for those who load it later, with 1000 rows.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(
            nameof(SynthReg2),
            LearningTask.Regression,
            SynthReg1.DefaultSize,
            2,
            "P. Scherer et al. (2022). PyRelationAL: a library for active learning research and development. arXiv 2205.11117.",
            "The noise of the target has variance 0.01: no model's mean square error can be expected to fall below."),
        seed => Generate(seed));

    /// <summary>Draws a sample.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, at least 1.</param>
    /// <returns>The dataset: two features.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = SynthReg1.DefaultSize)
    {
        RandomStream random = Generator.Random(nameof(SynthReg2), seed);
        var rows = new float[Generator.Size(size, 1, nameof(size))][];
        var values = new double[size];
        for (int i = 0; i < size; i++)
        {
            double z = 15 * random.NextDouble();
            rows[i] = [(float)z, (float)(Math.Sin(z) + (0.1 * random.NextGaussian()))];
            values[i] = Math.Cos(z) + (0.1 * random.NextGaussian());
        }

        return InMemoryDataset.ForRegression(nameof(SynthReg2), FeatureMatrix.FromRows(rows), values);
    }
}
