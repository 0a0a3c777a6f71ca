using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// Stochastic gradient descent with momentum: v ← μv + g, θ ← θ − η v; with Nesterov's form θ ← θ − η(g + μv) (Sutskever et al., ICML 2013).
/// </summary>
public sealed record SgdOptimiser : NetworkOptimiser
{
    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.01;

    /// <summary>μ, in [0, 1).</summary>
    /// <value>0.9</value>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether to use Nesterov's form.</summary>
    /// <value>true</value>
    public bool Nesterov { get; init; } = true;

    internal override OptimiserState CreateState(int parameterCount) => new SgdState(this, parameterCount);

    internal override void Validate()
    {
        Guard.Positive(LearningRate);
        NetworkGuard.BelowOne(Momentum);
    }
}
