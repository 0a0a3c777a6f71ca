using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>
/// A strategy that lets the next model be trained on unlabelled items too, with labels that it supposes. A pipeline asks it after each suggestion. The supposed
/// labels serve one training: they are not stored in the dataset, cost no budget, enter no metric, and the items stay in the pool.
/// </summary>
/// <remarks>
/// The model gets a view of the labelled items with the supposed ones behind them, of a dataset that wraps the pipeline's: any model will do that reads
/// features and labels through its <see cref="DatasetView"/>. A query made by hand, without a suggestion before it, is followed
/// by a training without supposed labels.
/// </remarks>
public interface IPseudoLabeller
{
    /// <summary>The supposed labels for the next training. Those of items that get a real label before it are left out.</summary>
    /// <param name="context">The round's pool, and what the model says of it.</param>
    /// <returns>Distinct pool items with labels that the dataset's task can have; none of them missing or out of distribution.</returns>
    IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context);
}
