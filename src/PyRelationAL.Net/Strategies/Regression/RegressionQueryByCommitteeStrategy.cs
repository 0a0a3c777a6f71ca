using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the variance of a committee's predictions is largest (<see cref="CommitteeVariance"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class RegressionQueryByCommitteeStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new CommitteeVariance(), selection);
