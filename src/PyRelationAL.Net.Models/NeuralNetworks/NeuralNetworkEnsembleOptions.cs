namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="NeuralNetworkEnsembleClassifier"/> and <see cref="NeuralNetworkEnsembleRegressor"/>. Immutable.</summary>
public sealed record NeuralNetworkEnsembleOptions
{
    /// <summary>Shape and training of each member.</summary>
    /// <value>The defaults of <see cref="NeuralNetworkOptions"/>.</value>
    public NeuralNetworkOptions Network { get; init; } = new();

    /// <summary>The number of members S; at least 1.</summary>
    /// <value>10</value>
    public int MemberCount { get; init; } = 10;

    /// <summary>
    /// Whether a regressor's members learn a noise level for each item beside the mean, by the Gaussian likelihood; only the means are predicted. Not for
    /// classification.
    /// </summary>
    /// <value>false</value>
    public bool LearnsNoise { get; init; }

    /// <summary>
    /// The most threads; −1 for all cores. Members are trained and asked at once. Small ones share a thread and are trained as one computation, a member in
    /// each lane of the vectors; where there are more threads than members, the rest help with large steps. Results do not depend on it, bit for bit. Replaces
    /// <see cref="NeuralNetworkOptions.MaxDegreeOfParallelism"/>.
    /// </summary>
    /// <value>−1</value>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
