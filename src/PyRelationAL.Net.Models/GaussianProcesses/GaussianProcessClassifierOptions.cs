using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="GaussianProcessClassifier"/>.</summary>
public sealed record GaussianProcessClassifierOptions
{
    /// <summary>The covariance function of every latent function; null for the default.</summary>
    /// <value>
    /// <c>1.0 * new RbfKernel(m)</c>, both fitted, where m is the median distance between labelled rows. Features are expected on comparable scales:
    /// standardise them, or use one length scale for each.
    /// </value>
    public Kernel? Kernel { get; init; }

    /// <summary>
    /// Whether the kernel's free hyperparameters are fitted, for each latent function on its own, by maximising the approximate marginal likelihood.
    /// </summary>
    /// <value>true</value>
    public bool OptimiseHyperparameters { get; init; } = true;

    /// <summary>How many more times fitting starts, from log-uniform draws within the hyperparameters' bounds; at least 0.</summary>
    /// <value>0</value>
    public int Restarts { get; init; }

    /// <summary>How the link function is averaged over the latent function's posterior.</summary>
    /// <value><see cref="Models.LogisticIntegral.ErrorFunctions"/>, as scikit-learn.</value>
    public LogisticIntegral LogisticIntegral { get; init; } = LogisticIntegral.ErrorFunctions;

    /// <summary>The number of posterior samples S; at least 1.</summary>
    /// <value>32</value>
    public int SampleCount { get; init; } = 32;

    /// <summary>The most threads, for the classes in training and for blocks of rows in prediction; −1 for all cores. Results do not depend on it.</summary>
    /// <value>1</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
