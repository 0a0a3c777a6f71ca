using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019): each step first shrinks the weights by the factor 1 − ηλ, and λ stays out of the
/// gradient and its running means.
/// </summary>
public sealed record AdamWOptimiser : NetworkOptimiser
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.001;

    /// <summary>β₁, the decay of the mean of the gradient, in [0, 1).</summary>
    /// <value>0.9</value>
    public double FirstDecay { get; init; } = 0.9;

    /// <summary>β₂, the decay of the mean of the squared gradient, in [0, 1).</summary>
    /// <value>0.999</value>
    public double SecondDecay { get; init; } = 0.999;

    /// <summary>ε, greater than 0.</summary>
    /// <value>1e-8</value>
    public double Epsilon { get; init; } = 1e-8;

    internal override bool DecouplesWeightDecay => true;

    internal override OptimiserState CreateState(int parameterCount) => new AdamState(FirstDecay, SecondDecay, Epsilon, parameterCount);

    internal override void Validate()
    {
        Guard.Positive(LearningRate);
        NetworkGuard.BelowOne(FirstDecay);
        NetworkGuard.BelowOne(SecondDecay);
        NetworkGuard.PositiveFloat(Epsilon);
    }
}
