namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="BayesianLinearRegression"/>.</summary>
public sealed record BayesianLinearRegressionOptions
{
    /// <summary>α, the precision (1/variance) of the weights' prior; where it is fitted, the value to start from. Greater than 0.</summary>
    /// <value>1</value>
    public double WeightPrecision { get; init; } = 1;

    /// <summary>
    /// β, the precision (1/variance) of the observation noise; where it is fitted, the value to start from. Greater than 0; null for 1/variance of
    /// the targets.
    /// </summary>
    /// <value>null</value>
    public double? NoisePrecision { get; init; }

    /// <summary>Whether α and β are fitted by maximising the evidence.</summary>
    /// <value>true</value>
    public bool MaximiseEvidence { get; init; } = true;

    /// <summary>The most updates of α and β, at least 1.</summary>
    /// <value>300</value>
    public int MaximumIterations { get; init; } = 300;

    /// <summary>Updates stop where neither ln α nor ln β changes by more than this; at least 0.</summary>
    /// <value>1e-6</value>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The number of posterior draws of the weights S; at least 1.</summary>
    /// <value>32</value>
    public int SampleCount { get; init; } = 32;
}
