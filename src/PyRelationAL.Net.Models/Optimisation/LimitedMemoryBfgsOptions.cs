namespace PyRelationAL.Models.Optimisation;

/// <summary>Settings of <see cref="LimitedMemoryBfgs"/>.</summary>
public sealed record LimitedMemoryBfgsOptions
{
    /// <summary>The most iterations, at least 1.</summary>
    /// <value>1000</value>
    public int MaximumIterations { get; init; } = 1000;

    /// <summary>Stop where no element of the projected gradient is larger than this; at least 0.</summary>
    /// <value>1e-5</value>
    public double GradientTolerance { get; init; } = 1e-5;

    /// <summary>Stop where an iteration lowers the value by no more than this share of max(|value|, 1); at least 0.</summary>
    /// <value>2.2e-9 (SciPy's)</value>
    public double ValueTolerance { get; init; } = 2.220446049250313e-9;

    /// <summary>The number of past steps that the curvature is learned from, at least 1.</summary>
    /// <value>10</value>
    public int Memory { get; init; } = 10;
}
