using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>How <see cref="VAALStrategy"/> trains. Immutable.</summary>
public sealed record VAALOptions
{
    /// <summary>The number of latent variables, at least 1.</summary>
    /// <value>32, as in the paper.</value>
    public int LatentCount { get; init => field = Guard.Positive(value); } = 32;

    /// <summary>The width of the hidden layers, at least 1: one in encoder and decoder each, two in the discriminator.</summary>
    /// <value>64.</value>
    public int HiddenWidth { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Passes over the pool, at least 1.</summary>
    /// <value>100.</value>
    public int Epochs { get; init => field = Guard.Positive(value); } = 100;

    /// <summary>The most candidates, and the most labelled items, in a step, at least 1.</summary>
    /// <value>64, as in the paper.</value>
    public int BatchSize { get; init => field = Guard.Positive(value); } = 64;

    /// <summary>Adam's learning rate, greater than 0.</summary>
    /// <value>5e-4, as in the paper.</value>
    public double LearningRate { get; init => field = Guard.Positive(value); } = 5e-4;

    /// <summary>β, at least 0: the weight of the divergence from the prior.</summary>
    /// <value>1, as in the paper.</value>
    public double Beta { get; init => field = Guard.NonNegative(value); } = 1;

    /// <summary>λ₂, at least 0: the weight of deceiving the discriminator.</summary>
    /// <value>1, as in the paper.</value>
    public double AdversarialWeight { get; init => field = Guard.NonNegative(value); } = 1;
}
