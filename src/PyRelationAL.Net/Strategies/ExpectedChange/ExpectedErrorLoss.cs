namespace PyRelationAL.Strategies;

/// <summary>What a classifier is expected to lose on an item, from its own class probabilities p.</summary>
public enum ExpectedErrorLoss
{
    /// <summary>The probability of a wrong class: 1 − max p.</summary>
    ZeroOne,

    /// <summary>The logarithmic loss in nats: H(p).</summary>
    Logarithmic,
}
