namespace PyRelationAL;

/// <summary>Turns scores into a batch of distinct candidates.</summary>
/// <remarks>
/// Implementations hold settings only and are safe for concurrent use. They know neither the data manager nor the model manager. Ties go to the lowest
/// pool position, which is the lowest dataset index, unless a criterion says otherwise.
/// </remarks>
public interface ISelectionCriterion
{
    /// <summary>What the criterion needs besides scores.</summary>
    Requirements Requirements { get; }

    /// <summary>Selects a batch.</summary>
    /// <param name="scores">One finite score for each candidate; higher is better.</param>
    /// <param name="count">How many to select, in [0, scores.Length].</param>
    /// <param name="context">Features and randomness of this round.</param>
    /// <returns>Exactly <paramref name="count"/> distinct pool positions, in the order of selection, best first.</returns>
    int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context);
}
