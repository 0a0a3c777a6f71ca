using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where the posterior samples disagree most: mutual information between label and parameters (<see cref="ClassificationBald"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class ClassificationBALDStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new ClassificationBald(), selection);
