using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>The normal law N(m, A Aᵀ), given by its mean and a root A of its covariance: x = m + A z with z ~ N(0, I).</summary>
internal sealed class NormalLaw(double[] mean, double[,] root)
{
    /// <summary>N(m, I) in the plane.</summary>
    public static NormalLaw Unit(double m1, double m2) => new([m1, m2], new double[,] { { 1, 0 }, { 0, 1 } });

    public float[] Draw(RandomStream random)
    {
        int d = mean.Length;
        var z = new double[d];
        for (int j = 0; j < d; j++)
        {
            z[j] = random.NextGaussian();
        }

        var x = new float[d];
        for (int i = 0; i < d; i++)
        {
            double value = mean[i];
            for (int j = 0; j < d; j++)
            {
                value += root[i, j] * z[j];
            }

            x[i] = (float)value;
        }

        return x;
    }
}
