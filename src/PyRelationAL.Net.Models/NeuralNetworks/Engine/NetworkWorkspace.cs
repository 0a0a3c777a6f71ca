namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>The memory of one network's passes over batches of up to a number of rows. Nothing is allocated after this. For one thread at a time.</summary>
internal sealed class NetworkWorkspace
{
    public NetworkWorkspace(Network network, int rows, bool training)
    {
        Layer[] layers = network.Layers;
        Values = new float[layers.Length + 1][];
        Gradients = new float[layers.Length + 1][];
        Kept = new float[layers.Length][];
        Values[0] = new float[checked(rows * layers[0].InputStride)];
        Gradients[0] = training ? new float[Values[0].Length] : [];
        int scratch = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            Values[i + 1] = new float[checked(rows * layers[i].OutputStride)];
            Gradients[i + 1] = training ? new float[Values[i + 1].Length] : [];
            Kept[i] = new float[layers[i].KeptLength(rows)];
            scratch = Math.Max(scratch, layers[i].ScratchLength(rows));
        }

        Scratch = new float[scratch];
    }

    /// <summary>The network's input, then each layer's output.</summary>
    public float[][] Values { get; }

    /// <summary>The loss's gradient by each of <see cref="Values"/>.</summary>
    public float[][] Gradients { get; }

    public float[][] Kept { get; }

    public float[] Scratch { get; }
}
