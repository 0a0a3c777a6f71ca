using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries what is most likely to be larger than the largest label so far (<see cref="ProbabilityOfImprovement"/>).</summary>
/// <param name="xi">ξ, at least 0, in units of the target: the improvement asked for.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ProbabilityOfImprovementStrategy(double xi = 0, ISelectionCriterion? selection = null)
    : CompositeStrategy(new ProbabilityOfImprovement(xi), selection);
