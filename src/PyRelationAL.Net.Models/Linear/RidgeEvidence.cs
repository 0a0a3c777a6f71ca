namespace PyRelationAL.Models.Linear;

/// <summary>The precisions of weights and noise under which the targets of a linear model are most likely.</summary>
internal static class RidgeEvidence
{
    // Targets that a line fits exactly have evidence without bound in β, and targets without slope in α.
    private const double LargestPrecisionShare = 1e12;

    /// <summary>MacKay's fixed point: γ = Σ βλ/(α + βλ), α = γ/‖m‖², β = (N − γ)/‖y − X m‖².</summary>
    /// <param name="spectrum">The spectrum of the centred features, with the centred targets' projections.</param>
    /// <param name="sumOfSquares">‖y‖², greater than 0.</param>
    /// <param name="count">N.</param>
    /// <param name="alpha">α to start from.</param>
    /// <param name="beta">β to start from.</param>
    /// <param name="maximumIterations">The most updates.</param>
    /// <param name="tolerance">Updates stop where neither logarithm changes by more.</param>
    /// <param name="keepsAlpha">Whether α stays as given.</param>
    /// <param name="keepsBeta">Whether β stays as given.</param>
    /// <returns>α and β.</returns>
    public static (double Alpha, double Beta) Maximise(
        RidgeSpectrum spectrum,
        double sumOfSquares,
        int count,
        double alpha,
        double beta,
        int maximumIterations,
        double tolerance,
        bool keepsAlpha = false,
        bool keepsBeta = false)
    {
        double largestBeta = LargestPrecisionShare * count / sumOfSquares;
        double largestAlpha = LargestPrecisionShare * Math.Max(1, spectrum.Rank == 0 ? 0 : spectrum.Values[0]) * beta;
        for (int iteration = 0; iteration < maximumIterations; iteration++)
        {
            double gamma = 0, norm = 0, residual = sumOfSquares;
            for (int k = 0; k < spectrum.Rank; k++)
            {
                double lambda = spectrum.Values[k], projection = spectrum.Projections[k];
                double precision = alpha + (beta * lambda);
                double coordinate = beta * projection / precision;
                gamma += beta * lambda / precision;
                norm += coordinate * coordinate;
                residual -= coordinate * ((2 * projection) - (lambda * coordinate));
            }

            double nextAlpha = norm > 0 && !keepsAlpha ? Math.Min(gamma / norm, largestAlpha) : alpha;
            double nextBeta = keepsBeta ? beta : residual > 0 ? Math.Min((count - gamma) / residual, largestBeta) : largestBeta;
            double change = Math.Max(Math.Abs(Math.Log(nextAlpha / alpha)), Math.Abs(Math.Log(nextBeta / beta)));
            (alpha, beta) = (nextAlpha, nextBeta);
            if (change <= tolerance)
            {
                break;
            }
        }

        return (alpha, beta);
    }
}
