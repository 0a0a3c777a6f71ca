using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="GaussianProcessRegressor"/>.</summary>
public sealed record GaussianProcessRegressorOptions
{
    /// <summary>The covariance function; null for the default.</summary>
    /// <value>
    /// <c>1.0 * new RbfKernel(m) + new WhiteNoiseKernel(0.1)</c>, all fitted, where m is the median distance between labelled rows; the length scale stays
    /// above half the median distance of a labelled row to its nearest neighbour. Features are expected on comparable scales: standardise them, or use one
    /// length scale for each.
    /// </value>
    public Kernel? Kernel { get; init; }

    /// <summary>
    /// Added to the diagonal of the training covariance (scikit-learn's <c>alpha</c>), in units of the normalised targets' variance; at least 0.
    /// </summary>
    /// <value>1e-10. Raised by factors of 10 where the covariance is not positive definite.</value>
    public double Jitter { get; init; } = 1e-10;

    /// <summary>
    /// Whether the targets are centred and divided by their (population) standard deviation for training; predictions are in the targets' own units.
    /// </summary>
    /// <value>true</value>
    public bool NormaliseTargets { get; init; } = true;

    /// <summary>Whether the kernel's free hyperparameters are fitted by maximising the marginal likelihood.</summary>
    /// <value>true</value>
    public bool OptimiseHyperparameters { get; init; } = true;

    /// <summary>How many more times fitting starts, from log-uniform draws within the hyperparameters' bounds; at least 0.</summary>
    /// <value>0</value>
    public int Restarts { get; init; }

    /// <summary>
    /// Whether the rounds of one run help each other: fitting starts from the hyperparameters of the last training, if the labelled items are those of then and
    /// more. Each time their number has grown by a quarter fitting starts from <see cref="Kernel"/> too, with <see cref="Restarts"/>, and the better end
    /// counts, so that a poor optimum does not stick. <see cref="GaussianProcessRegressor.Reset"/> forgets; <see cref="GaussianProcessRegressor.EndRound"/>
    /// does not.
    /// </summary>
    /// <value>false: each training gives what it would give alone.</value>
    public bool WarmStart { get; init; }

    /// <summary>The most threads to predict with; −1 for all cores. The predictions do not depend on it.</summary>
    /// <value>1</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;
}
