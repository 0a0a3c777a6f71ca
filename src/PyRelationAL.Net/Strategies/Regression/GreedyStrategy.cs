using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the predicted value is largest (<see cref="PredictedMean"/>): pure exploitation.</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class GreedyStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new PredictedMean(), selection);
