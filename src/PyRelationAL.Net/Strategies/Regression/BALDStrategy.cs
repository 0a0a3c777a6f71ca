using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries where a label tells most about the function (<see cref="RegressionBald"/>), for regression; <see cref="ClassificationBALDStrategy"/> is its sister.
/// </summary>
/// <param name="noiseVariance">Variance of the observation noise, greater than 0.</param>
/// <param name="selection">Picks the batch; top-k by default.</param>
public sealed class BALDStrategy(double noiseVariance = 1, ISelectionCriterion? selection = null)
    : CompositeStrategy(new RegressionBald(noiseVariance), selection);
