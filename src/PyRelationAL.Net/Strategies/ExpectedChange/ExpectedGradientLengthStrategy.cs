using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries what would move the last layer farthest, whatever its label (<see cref="ExpectedGradientLength"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ExpectedGradientLengthStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new ExpectedGradientLength(), selection);
