using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the two most probable classes are closest (<see cref="MarginConfidence"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class MarginalConfidenceStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new MarginConfidence(), selection);
