using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="LaplaceNetworkClassifier"/> and <see cref="LaplaceNetworkRegressor"/>. Immutable.</summary>
public sealed record LaplaceNetworkOptions
{
    /// <summary>Shape and training of the network.</summary>
    /// <value>The defaults of <see cref="NeuralNetworkOptions"/>.</value>
    public NeuralNetworkOptions Network { get; init; } = new();

    /// <summary>
    /// The precision (1/variance) of the prior of the last layer's weights, greater than 0. Null takes, for regression, that of the largest marginal
    /// likelihood;
    /// for classification that under which the trained weights are most likely, the inverse of their mean square. For regression the weights are those that
    /// give targets of variance 1, where the network standardises them.
    /// </summary>
    /// <value>null</value>
    public double? PriorPrecision { get; init; }

    /// <summary>
    /// The standard deviation of the observation noise in the targets' units, greater than 0; null for that of the largest marginal likelihood. Regression
    /// only.
    /// </summary>
    /// <value>null</value>
    public double? NoiseDeviation { get; init; }

    /// <summary>The number of posterior draws of the last layer's weights S; at least 1.</summary>
    /// <value>32</value>
    public int SampleCount { get; init; } = 32;

    internal LaplaceNetworkOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Network);
        Guard.Positive(PriorPrecision ?? 1, nameof(PriorPrecision));
        Guard.Positive(NoiseDeviation ?? 1, nameof(NoiseDeviation));
        Guard.Positive(SampleCount);
        return this with { Network = Network.Checked() };
    }
}
