namespace PyRelationAL.Strategies;

/// <summary>What <see cref="TiDALStrategy"/> makes of the predicted training dynamics p̃ of an item.</summary>
public enum DynamicsScore
{
    /// <summary>H(p̃) in nats.</summary>
    Entropy,

    /// <summary>−(p̃_ŷ − max over c ≠ ŷ of p̃_c), with ŷ the classifier's prediction: the negated area under the margin.</summary>
    Margin,
}
