namespace PyRelationAL.Models.Optimisation;

/// <summary>Where an optimisation ended and why.</summary>
/// <param name="Point">The best point found.</param>
/// <param name="Value">The function's value there.</param>
/// <param name="GradientNorm">The largest absolute element of the projected gradient there.</param>
/// <param name="Iterations">Iterations made.</param>
/// <param name="Evaluations">Evaluations of the function made.</param>
/// <param name="Stop">Why it stopped.</param>
public sealed record OptimisationResult(
    IReadOnlyList<double> Point, double Value, double GradientNorm, int Iterations, int Evaluations, OptimisationStop Stop)
{
    /// <summary>Whether it stopped because it had arrived, not because it ran out of iterations or could not move.</summary>
    public bool Converged => Stop is OptimisationStop.GradientSmall or OptimisationStop.ValueSettled;
}
