using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where mean plus κ standard deviations is largest (<see cref="UpperConfidenceBound"/>).</summary>
/// <param name="kappa">κ, at least 0: how much an uncertain candidate is preferred.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class UpperConfidenceBoundStrategy(double kappa = 1, ISelectionCriterion? selection = null)
    : CompositeStrategy(new UpperConfidenceBound(kappa), selection);
