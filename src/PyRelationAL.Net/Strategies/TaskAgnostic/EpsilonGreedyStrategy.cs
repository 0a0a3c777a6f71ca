using PyRelationAL.InformativenessFunctions;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Strategies;

/// <summary>Queries the top scores, and a share ε at random (<see cref="EpsilonGreedy"/>).</summary>
/// <param name="score">The score; least confidence by default, which needs class probabilities.</param>
/// <param name="epsilon">ε, in [0, 1].</param>
public sealed class EpsilonGreedyStrategy(IInformativenessFunction? score = null, double epsilon = 0.05)
    : CompositeStrategy(score ?? new LeastConfidence(), new EpsilonGreedy(epsilon));
