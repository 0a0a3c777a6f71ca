namespace PyRelationAL.InformativenessFunctions;

/// <summary>A score given by a function of the round.</summary>
public sealed class DelegateScore : IInformativenessFunction
{
    private readonly Func<QueryContext, double[]> _score;

    /// <summary>Wraps a function.</summary>
    /// <param name="requirements">What it needs.</param>
    /// <param name="score">Gives one finite score for each candidate, in pool order.</param>
    public DelegateScore(Requirements requirements, Func<QueryContext, double[]> score)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(score);
        Requirements = requirements;
        _score = score;
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; }

    /// <inheritdoc/>
    public double[] Score(QueryContext context) => _score(context);
}
