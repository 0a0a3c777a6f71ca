using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Strategies;

/// <summary>Queries a batch of uncertain candidates far from what is labelled and from each other (<see cref="RankedBatch"/>).</summary>
/// <param name="score">A score in [0, 1]; least confidence by default, which needs class probabilities.</param>
/// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
/// <param name="space">Where to measure it; the dataset's features by default.</param>
public sealed class RankedBatchStrategy(
    IInformativenessFunction? score = null, Similarity? similarity = null, FeatureSpace space = FeatureSpace.Features)
    : CompositeStrategy(score ?? new LeastConfidence(), new RankedBatch(similarity, space));
