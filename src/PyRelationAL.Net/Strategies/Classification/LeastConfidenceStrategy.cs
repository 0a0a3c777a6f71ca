using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the most probable class is least probable (<see cref="LeastConfidence"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class LeastConfidenceStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new LeastConfidence(), selection);
