using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// A head on the hidden layers of a network: each hidden layer's activations (averaged over the image, where they are one) go through a linear map of their own
/// and a ReLU; the results, side by side, go through one linear map to the outputs (Yoo and Kweon, "Learning loss for active learning", CVPR 2019). Immutable.
/// </summary>
public sealed record AuxiliaryHead
{
    /// <summary>The number K of outputs, at least 1.</summary>
    /// <value>1: a predicted loss.</value>
    public int OutputCount { get; init => field = Guard.Positive(value); } = 1;

    /// <summary>The width that each hidden layer is mapped to, at least 1.</summary>
    /// <value>128.</value>
    public int HiddenWidth { get; init => field = Guard.Positive(value); } = 128;

    /// <summary>What the head's loss is multiplied by, at least 0, before it is added to the network's.</summary>
    /// <value>1.</value>
    public double LossWeight { get; init => field = Guard.NonNegative(value); } = 1;

    /// <summary>The share of the epochs, in [0, 1], after which the head's loss no longer changes the network (stop-gradient); the head itself learns
    /// on.</summary>
    /// <value>0.6: 120 of 200 epochs, as in the source.</value>
    public double StopGradientAfter { get; init => field = Guard.Share(value); } = 0.6;
}
