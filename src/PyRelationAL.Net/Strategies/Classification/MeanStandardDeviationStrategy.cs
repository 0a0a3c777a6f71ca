using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries where class probabilities deviate most over the posterior samples, on average over classes (<see cref="MeanStandardDeviation"/>).</summary>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class MeanStandardDeviationStrategy(ISelectionCriterion? selection = null) : CompositeStrategy(new MeanStandardDeviation(), selection);
