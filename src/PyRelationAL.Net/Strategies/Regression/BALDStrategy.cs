using PyRelationAL.InformativenessFunctions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries where a label tells most about the function (<see cref="RegressionBald"/>), for regression; <see cref="ClassificationBALDStrategy"/> is its sister.
/// </summary>
/// <param name="noiseVariance">Variance of the observation noise, greater than 0.</param>
public sealed class BALDStrategy(double noiseVariance = 1) : CompositeStrategy(new RegressionBald(noiseVariance));
