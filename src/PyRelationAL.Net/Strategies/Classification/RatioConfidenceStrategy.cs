using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the ratio of the two largest probabilities is closest to 1 (<see cref="RatioConfidence"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class RatioConfidenceStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new RatioConfidence(), selection);
