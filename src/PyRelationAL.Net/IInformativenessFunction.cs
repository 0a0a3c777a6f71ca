namespace PyRelationAL;

/// <summary>
/// Scores every candidate of the pool; a higher score means a more informative candidate. Functions combine with
/// <c>+</c>, <c>*</c> and the methods of <see cref="Informativeness"/>: <c>0.7 * Informativeness.Entropy + 0.3 * Informativeness.RelativeDistance()</c>.
/// </summary>
/// <remarks>Implementations hold settings only and are safe for concurrent use. They know neither the data manager nor the model manager.</remarks>
public interface IInformativenessFunction
{
    /// <summary>What the score needs.</summary>
    Requirements Requirements { get; }

    /// <summary>Scores the pool.</summary>
    /// <param name="context">Predictions, features and randomness of this round.</param>
    /// <returns>One finite score for each candidate, in pool order.</returns>
    double[] Score(QueryContext context);
}
