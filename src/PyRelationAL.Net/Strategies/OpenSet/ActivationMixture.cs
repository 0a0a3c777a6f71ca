namespace PyRelationAL.Strategies;

/// <summary>A mixture of two Gaussians on numbers, by expectation maximisation from the best division in two (least sum of squares).</summary>
internal static class ActivationMixture
{
    // Those of LfOSA.
    private const int Iterations = 10;
    private const double Tolerance = 1e-2;
    private const double LeastVariance = 5e-4;

    /// <summary>
    /// The probability of each value to be of the component with the larger mean; ½ where there are fewer than two values or all are equal. O(n log n).
    /// </summary>
    public static void Upper(ReadOnlySpan<double> values, Span<double> probabilities)
    {
        int n = values.Length;
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort(sorted, order);
        if (n < 2 || sorted[0] == sorted[^1])
        {
            probabilities.Fill(0.5);
            return;
        }

        int divide = BestDivision(sorted);
        var upper = new double[n];
        upper.AsSpan(divide).Fill(1);
        (Component low, Component high) = Maximise(sorted, upper);
        double bound = double.NegativeInfinity;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double likelihood = Expect(sorted, low, high, upper);
            (low, high) = Maximise(sorted, upper);
            if (Math.Abs(likelihood - bound) < Tolerance)
            {
                break;
            }

            bound = likelihood;
        }

        Expect(sorted, low, high, upper);
        for (int i = 0; i < n; i++)
        {
            probabilities[order[i]] = high.Mean >= low.Mean ? upper[i] : 1 - upper[i];
        }
    }

    /// <summary>How many of the ascending values belong to the lower part.</summary>
    private static int BestDivision(double[] sorted)
    {
        // Least within-part sum of squares is the largest between-part one; about the mean, so that nothing cancels.
        double mean = sorted.Average(), below = 0, best = -1;
        int division = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            below += sorted[i - 1] - mean;
            double between = below * below * sorted.Length / ((double)i * (sorted.Length - i));
            if (between > best)
            {
                (best, division) = (between, i);
            }
        }

        return division;
    }

    /// <summary>Writes the probabilities of the second component, and gives the mean log-likelihood.</summary>
    private static double Expect(double[] values, Component low, Component high, double[] upper)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double a = low.LogDensity(values[i]), b = high.LogDensity(values[i]), largest = Math.Max(a, b);
            double log = largest + Math.Log(Math.Exp(a - largest) + Math.Exp(b - largest));
            upper[i] = Math.Exp(b - log);
            sum += log;
        }

        return sum / values.Length;
    }

    private static (Component Low, Component High) Maximise(double[] values, double[] upper) =>
        (Component.Of(values, upper, lower: true), Component.Of(values, upper, lower: false));

    private readonly record struct Component(double Weight, double Mean, double Variance)
    {
        public static Component Of(double[] values, double[] upper, bool lower)
        {
            // Ten units of rounding, so that an empty component divides by something.
            double total = 10 * 2.220446049250313e-16, sum = 0, squares = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double weight = lower ? 1 - upper[i] : upper[i];
                total += weight;
                sum += weight * values[i];
            }

            double mean = sum / total;
            for (int i = 0; i < values.Length; i++)
            {
                squares += (lower ? 1 - upper[i] : upper[i]) * (values[i] - mean) * (values[i] - mean);
            }

            return new Component(total / values.Length, mean, (squares / total) + LeastVariance);
        }

        public double LogDensity(double value) =>
            Math.Log(Weight) - (0.5 * (Math.Log(2 * Math.PI * Variance) + ((value - Mean) * (value - Mean) / Variance)));
    }
}
