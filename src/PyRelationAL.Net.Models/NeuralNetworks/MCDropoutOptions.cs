using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Settings of <see cref="MCDropoutClassifier"/> and <see cref="MCDropoutRegressor"/>. Immutable.</summary>
public sealed record MCDropoutOptions
{
    /// <summary>Shape and training of the network; its dropout must be greater than 0, and it needs a hidden layer.</summary>
    /// <value>The defaults of <see cref="NeuralNetworkOptions"/>, with dropout 0.2.</value>
    public NeuralNetworkOptions Network { get; init; } = new() { Dropout = 0.2 };

    /// <summary>The number of masks S; at least 1.</summary>
    /// <value>20</value>
    public int SampleCount { get; init; } = 20;

    /// <summary>
    /// Whether mask m is the same for every item, as joint quantities need (Kirsch, van Amersfoort and Gal, NeurIPS 2019); otherwise each item gets masks of
    /// its own, as plain MC dropout does.
    /// </summary>
    /// <value>true</value>
    public bool Consistent { get; init; } = true;

    /// <summary>
    /// The most threads, in predictions the most masks at once; −1 for all cores. Results do not depend on it. Replaces
    /// <see cref="NeuralNetworkOptions.MaxDegreeOfParallelism"/>, and means the same in training.
    /// </summary>
    /// <value>1</value>
    public int MaxDegreeOfParallelism { get; init; } = 1;

    internal MCDropoutOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Network);
        Guard.Positive(SampleCount);
        Guard.Threads(MaxDegreeOfParallelism);
        NeuralNetworkOptions network = Network.Checked();
        if (network.Dropout == 0 || network.HiddenWidths.Count == 0)
        {
            throw new ArgumentException(Guard.Text(
                $"MC dropout needs hidden layers with dropout; there are {network.HiddenWidths.Count} with dropout {network.Dropout}."), nameof(Network));
        }

        return this with { Network = network };
    }
}
