using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the fewest posterior samples vote for the most voted class (<see cref="VariationRatio"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class VariationRatioStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new VariationRatio(), selection);
