namespace PyRelationAL.Reproduction.Models;

/// <summary>What both ways of finding the mode share.</summary>
internal static class LaplaceNewton
{
    private const int MostSteps = 100, MostHalvings = 30;

    // The step that gained this little ends where the next would gain about its square.
    private const double Settled = 1e-11;

    /// <summary>Newton steps until the objective stands still; where a step lowers it, part of the way.</summary>
    /// <param name="parameters">What the latent values are a linear function of; each step writes it anew.</param>
    /// <param name="latent">f at the start; each step writes it anew.</param>
    /// <param name="targets">1 or 0 for each labelled item.</param>
    /// <param name="step">Gets curvatures W and residuals t − π at the latent values and writes the next ones.</param>
    /// <param name="prior">−½ fᵀK⁻¹f at the present ones.</param>
    public static void Iterate(double[] parameters, double[] latent, double[] targets, Action<double[], double[]> step, Func<double> prior)
    {
        double[] curvatures = new double[latent.Length], residuals = new double[latent.Length];
        double objective = prior() + LogLikelihood(latent, targets);
        for (int i = 0; i < MostSteps; i++)
        {
            Derivatives(latent, targets, curvatures, residuals);
            double[] fromParameters = [.. parameters], fromLatent = [.. latent];
            step(curvatures, residuals);
            double next = prior() + LogLikelihood(latent, targets);
            double settled = Settled * Math.Max(1, Math.Abs(next));
            for (int halving = 0; next < objective - settled && halving < MostHalvings; halving++)
            {
                MoveHalfway(parameters, fromParameters);
                MoveHalfway(latent, fromLatent);
                next = prior() + LogLikelihood(latent, targets);
            }

            // Lower all the same: rounding is all that is left.
            if (next <= objective + settled)
            {
                return;
            }

            objective = next;
        }

        throw new ArithmeticException("The Laplace approximation found no mode.");
    }

    /// <summary>W = π(1 − π) and t − π, each with all its digits.</summary>
    public static void Derivatives(double[] latent, double[] targets, double[] curvatures, double[] residuals)
    {
        for (int i = 0; i < latent.Length; i++)
        {
            double one = 1 / (1 + Math.Exp(-latent[i])), zero = 1 / (1 + Math.Exp(latent[i]));
            curvatures[i] = one * zero;
            residuals[i] = targets[i] > 0 ? zero : -one;
        }
    }

    private static void MoveHalfway(double[] values, double[] towards)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] + towards[i]) / 2;
        }
    }

    private static double LogLikelihood(double[] latent, double[] targets)
    {
        double sum = 0;
        for (int i = 0; i < latent.Length; i++)
        {
            double f = targets[i] > 0 ? latent[i] : -latent[i];
            sum += Math.Min(f, 0) - Math.Log(1 + Math.Exp(-Math.Abs(f)));
        }

        return sum;
    }
}
