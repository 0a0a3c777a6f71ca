namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="LogisticRegression"/>.</summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>C: the penalty on the weights is ‖W‖²/(2C), added to the sum (not the mean) of the losses; greater than 0. The smaller, the stronger.</summary>
    /// <value>1, as in scikit-learn</value>
    public double InverseRegularisation { get; init; } = 1;

    /// <summary>The most iterations of L-BFGS, at least 1. Training that reaches it is no error: see <see cref="LogisticRegression.Optimisation"/>.</summary>
    /// <value>1000</value>
    public int MaximumIterations { get; init; } = 1000;

    /// <summary>Training stops where no element of the (preconditioned) gradient is larger than this; at least 0.</summary>
    /// <value>1e-6</value>
    public double GradientTolerance { get; init; } = 1e-6;
}
