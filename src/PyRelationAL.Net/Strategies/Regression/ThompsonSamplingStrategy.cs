using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where a random draw from the posterior is largest.</summary>
/// <param name="joint">
/// Whether to draw one function for all candidates (<see cref="JointThompsonSampling"/>) instead of each by itself (<see cref="ThompsonSampling"/>, as in
/// PyRelationAL).
/// </param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ThompsonSamplingStrategy(bool joint = false, ISelectionCriterion? selection = null)
    : CompositeStrategy(joint ? new JointThompsonSampling() : new ThompsonSampling(), selection);
