using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the predicted class distribution has the largest entropy (<see cref="Entropy"/>, normalised).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class EntropyClassificationStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new Entropy(normalised: true), selection);
