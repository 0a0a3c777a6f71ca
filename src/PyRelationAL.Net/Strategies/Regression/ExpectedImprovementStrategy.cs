using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the largest label so far is expected to be exceeded by most (<see cref="ExpectedImprovement"/>).</summary>
/// <param name="xi">ξ, at least 0, in units of the target: the improvement asked for.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ExpectedImprovementStrategy(double xi = 0.01, ISelectionCriterion? selection = null)
    : CompositeStrategy(new ExpectedImprovement(xi), selection);
