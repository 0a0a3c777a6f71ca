using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>A straight line without noise: x ~ N(0, 1), y = w x, with the slope w ~ U[0, 100) drawn once.</summary>
/// <remarks>
/// The law of scikit-learn's <c>make_regression</c> with one feature and no noise, which PyRelationAL uses. y is exactly w times the float32 feature, so one
/// label and a line through the origin is all that there is to learn.
/// </remarks>
public static class SynthReg1
{
    internal const int DefaultSize = 1000;

    /// <summary>The dataset for those who load it later, with 1000 rows.</summary>
    public static DatasetSource Source { get; } = new(
        Generator.Info(
            nameof(SynthReg1),
            LearningTask.Regression,
            DefaultSize,
            1,
            "F. Pedregosa et al. (2011). Scikit-learn: machine learning in Python. JMLR 12 (make_regression).",
            "No noise. Every seed draws another slope."),
        seed => Generate(seed));

    /// <summary>Draws the slope, then a sample.</summary>
    /// <param name="seed">Same seed, same sample.</param>
    /// <param name="size">n, at least 1.</param>
    /// <returns>The dataset: one feature.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static InMemoryDataset Generate(long seed = 0, int size = DefaultSize)
    {
        RandomStream random = Generator.Random(nameof(SynthReg1), seed);
        double slope = 100 * random.Child("slope").NextDouble();
        var x = new float[Generator.Size(size, 1, nameof(size))];
        for (int i = 0; i < size; i++)
        {
            x[i] = (float)random.NextGaussian();
        }

        return InMemoryDataset.ForRegression(nameof(SynthReg1), new FeatureMatrix(x, size, 1), Array.ConvertAll(x, v => slope * v));
    }
}
