using PyRelationAL.Models.NeuralNetworks;

namespace PyRelationAL.Models;

/// <summary>
/// How a network's parameters follow the gradient: <see cref="SgdOptimiser"/>, <see cref="AdamOptimiser"/> or <see cref="AdamWOptimiser"/>. Immutable.
/// </summary>
public abstract record NetworkOptimiser
{
    private protected NetworkOptimiser()
    {
    }

    /// <summary>The step size before the schedule's factor; finite and greater than 0.</summary>
    /// <value>0.001 (Adam, AdamW), 0.01 (SGD)</value>
    public abstract double LearningRate { get; init; }

    /// <summary>Whether weight decay shrinks the weights directly instead of entering the gradient.</summary>
    internal virtual bool DecouplesWeightDecay => false;

    internal abstract OptimiserState CreateState(int parameterCount);

    internal abstract void Validate();
}
