using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>How <see cref="WAALStrategy"/> trains its critic, and what it makes of it. Immutable.</summary>
public sealed record WAALOptions
{
    /// <summary>λ, at least 0: the weight of the critic against the uncertainty.</summary>
    /// <value>10, as in the paper.</value>
    public double CriticWeight { get; init => field = Guard.NonNegative(value); } = 10;

    /// <summary>ρ, at least 0: the weight of the gradient penalty.</summary>
    /// <value>10, as in Gulrajani et al., NIPS 2017.</value>
    public double GradientPenalty { get; init => field = Guard.NonNegative(value); } = 10;

    /// <summary>The width of the two hidden layers, at least 1.</summary>
    /// <value>64.</value>
    public int HiddenWidth { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Passes over the pool, at least 1.</summary>
    /// <value>100.</value>
    public int Epochs { get; init => field = Guard.Positive(value); } = 100;

    /// <summary>The most candidates, and the most labelled items, in a step, at least 1.</summary>
    /// <value>64.</value>
    public int BatchSize { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Adam's learning rate, greater than 0.</summary>
    /// <value>1e-3.</value>
    public double LearningRate { get; init => field = Guard.Positive(value); } = 1e-3;
}
