using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries where a label tells most about the labels of other items of the pool: expected predictive information gain
/// (<see cref="ExpectedPredictiveInformationGain"/>).
/// </summary>
/// <param name="targetCount">The number of random candidates that stand for the items to be predicted, at least 1.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class EPIGStrategy(int targetCount = 100, ISelectionCriterion? selection = null)
    : CompositeStrategy(new ExpectedPredictiveInformationGain(targetCount), selection);
