namespace PyRelationAL.Models.Optimisation;

/// <summary>A function to be minimised, with its gradient.</summary>
/// <param name="point">Where [P].</param>
/// <param name="gradient">Takes the gradient [P]; every element is to be written.</param>
/// <returns>The value; NaN or an infinity where the function is not defined, which makes the search step back.</returns>
public delegate double ObjectiveWithGradient(ReadOnlySpan<double> point, Span<double> gradient);
