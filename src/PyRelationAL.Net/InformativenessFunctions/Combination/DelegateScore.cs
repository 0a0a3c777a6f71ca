namespace PyRelationAL.InformativenessFunctions;

/// <summary>A score given by a function of the round.</summary>
/// <param name="requirements">What it needs.</param>
/// <param name="score">Gives one finite score for each candidate, in pool order.</param>
public sealed class DelegateScore(Requirements requirements, Func<QueryContext, double[]> score) : IInformativenessFunction
{
    /// <inheritdoc/>
    public Requirements Requirements { get; } = requirements;

    /// <inheritdoc/>
    public double[] Score(QueryContext context) => score(context);
}
