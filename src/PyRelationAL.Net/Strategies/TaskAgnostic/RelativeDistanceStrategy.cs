using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries what is farthest from everything labelled (<see cref="RelativeDistance"/>).</summary>
/// <param name="metric">The distance; Euclidean by default.</param>
/// <param name="space">Where to measure it; the dataset's features by default.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class RelativeDistanceStrategy(
    DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features, ISelectionCriterion? selection = null)
    : CompositeStrategy(new RelativeDistance(metric, space), selection);
