using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A regression model that gives values under S draws from its posterior: ensembles, committees, MC dropout, Bayesian linear regression.</summary>
public interface IPosteriorValueSampler
{
    /// <summary>The number of samples S.</summary>
    int SampleCount { get; }

    /// <summary>Whether sample m is drawn with the same parameters for every item, in every call with the same random stream.</summary>
    bool Consistent { get; }

    /// <summary>Draws [S×N].</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Equal streams give equal draws.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default);
}
