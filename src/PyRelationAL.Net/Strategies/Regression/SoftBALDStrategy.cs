using PyRelationAL.InformativenessFunctions;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Strategies;

/// <summary>
/// Draws the batch in proportion to <see cref="RegressionBald"/> instead of taking the top, which keeps near-duplicates apart (<see
/// cref="ProbabilisticSampling"/>).
/// </summary>
/// <param name="noiseVariance">Variance of the observation noise, greater than 0.</param>
public sealed class SoftBALDStrategy(double noiseVariance = 1) : CompositeStrategy(new RegressionBald(noiseVariance), new ProbabilisticSampling());
