using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>KL(Q[m] ‖ p̄) of every member and row.</summary>
internal static class ConsensusDivergence
{
    /// <summary>Divergences [S×N] in nats, at least 0. Where p̄ is 0 every member is 0 too, so no term is infinite.</summary>
    public static double[] Of(SampleRows samples)
    {
        int rows = samples.RowCount;
        int classCount = samples.ClassCount;
        double[] logMean = Array.ConvertAll(samples.Mean(), p => p > 0 ? Math.Log(p) : 0);
        var divergences = new double[samples.SampleCount * rows];
        for (int m = 0; m < samples.SampleCount; m++)
        {
            for (int n = 0; n < rows; n++)
            {
                ReadOnlySpan<double> q = samples.Row(m, n);
                double sum = 0;
                for (int c = 0; c < classCount; c++)
                {
                    sum += Entropies.XLogX(q[c]) - (q[c] * logMean[(n * classCount) + c]);
                }

                divergences[(m * rows) + n] = Math.Max(0, sum);
            }
        }

        return divergences;
    }
}
