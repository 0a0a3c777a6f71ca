using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>Queries what is uncertain and typical of the pool (<see cref="InformationDensity"/>).</summary>
/// <param name="score">The base score; entropy by default, which needs class probabilities.</param>
/// <param name="beta">The weight of density, at least 0.</param>
/// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
/// <param name="space">Where to measure it; the dataset's features by default.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class InformationDensityStrategy(
    IInformativenessFunction? score = null,
    double beta = 1,
    Similarity? similarity = null,
    FeatureSpace space = FeatureSpace.Features,
    ISelectionCriterion? selection = null)
    : CompositeStrategy(new InformationDensity(score ?? new Entropy(), beta, similarity, space), selection);
