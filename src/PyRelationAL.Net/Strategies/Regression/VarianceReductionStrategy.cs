using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the predicted standard deviation is largest (<see cref="StandardDeviation"/>): uncertainty sampling for regression.</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class VarianceReductionStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new StandardDeviation(), selection);
