using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="GaussianProcessClassifier"/>.</summary>
public sealed record GaussianProcessClassifierOptions
{
    /// <summary>The covariance function of every latent function; null for the default.</summary>
    /// <value>
    /// <c>10.0 * new RbfKernel(2 * m)</c>, both fitted, where m is the median distance between labelled rows; the length scale stays above half the median
    /// distance of a labelled row to its nearest neighbour. Features are expected on comparable scales: standardise them, or use one length scale for each.
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

    /// <summary>
    /// Whether the rounds of one run help each other: fitting starts from the hyperparameters of the last training, if the labelled items are those of then and
    /// more. Each time their number has grown by a quarter fitting starts from <see cref="Kernel"/> too, with <see cref="Restarts"/>, and the better end
    /// counts, so that a poor optimum does not stick. <see cref="GaussianProcessClassifier.Reset"/> forgets;
    /// <see cref="GaussianProcessClassifier.EndRound"/> does not.
    /// </summary>
    /// <value>false: each training gives what it would give alone.</value>
    public bool WarmStart { get; init; }

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
