namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>The memory of an auxiliary head's passes over batches of up to a number of rows. For one thread at a time.</summary>
internal sealed class AuxiliaryWorkspace
{
    public AuxiliaryWorkspace(AuxiliaryNetwork network, int rows, bool training)
    {
        Parts = [.. network.Networks.Select(n => new NetworkWorkspace(n, rows, training))];
        Added = training ? network.Added(Parts) : [];
    }

    /// <summary>Of the branches, and of the map at the top.</summary>
    public NetworkWorkspace[] Parts { get; }

    /// <summary>The gradients by the network's activations, in the order of the network's values; null elsewhere.</summary>
    public float[]?[] Added { get; }
}
