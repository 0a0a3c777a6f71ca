using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A model that gives class probabilities under S draws from its posterior: ensembles, committees, MC dropout, Laplace approximations.</summary>
public interface IPosteriorClassSampler
{
    /// <summary>The number of samples S.</summary>
    int SampleCount { get; }

    /// <summary>
    /// Whether sample m is drawn with the same parameters for every item, in every call with the same random stream. Joint quantities need it; plain
    /// MC dropout, which draws a mask for each row, does not have it.
    /// </summary>
    bool Consistent { get; }

    /// <summary>Draws [S×N×C].</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Equal streams give equal draws.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default);
}
