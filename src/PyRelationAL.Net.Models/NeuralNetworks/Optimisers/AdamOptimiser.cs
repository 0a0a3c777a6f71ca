using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// Adam (Kingma and Ba, ICLR 2015): θ ← θ − η m̂/(√v̂ + ε), with bias-corrected running means m̂ of the gradient and v̂ of its square. Weight decay enters the
/// gradient, as L2 regularisation does; see <see cref="AdamWOptimiser"/> for the other way.
/// </summary>
public sealed record AdamOptimiser : NetworkOptimiser
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

    internal override OptimiserState CreateState(int parameterCount) => new AdamState(FirstDecay, SecondDecay, Epsilon, parameterCount);

    internal override void Validate()
    {
        Guard.Positive(LearningRate);
        NetworkGuard.BelowOne(FirstDecay);
        NetworkGuard.BelowOne(SecondDecay);
        NetworkGuard.PositiveFloat(Epsilon);
    }
}
