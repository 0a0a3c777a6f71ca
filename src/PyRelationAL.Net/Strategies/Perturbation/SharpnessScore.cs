namespace PyRelationAL.Strategies;

/// <summary>What <see cref="SAALStrategy"/> scores an item by.</summary>
public enum SharpnessScore
{
    /// <summary>The loss under the worst parameters nearby.</summary>
    PerturbedLoss,

    /// <summary>How much it is larger than the loss under the learned ones.</summary>
    LossIncrease,
}
