using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where a random draw from the posterior is largest.</summary>
/// <param name="joint">
/// Whether to draw one function for all candidates (<see cref="JointThompsonSampling"/>) instead of each by itself (<see cref="ThompsonSampling"/>, as in
/// PyRelationAL).
/// </param>
public sealed class ThompsonSamplingStrategy(bool joint = false)
    : CompositeStrategy(joint ? new JointThompsonSampling() : new ThompsonSampling());
