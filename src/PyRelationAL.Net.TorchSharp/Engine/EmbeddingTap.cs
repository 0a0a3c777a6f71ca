using PyRelationAL.Models;
using TorchSharp;
using TorchSharp.Modules;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A network's embeddings, and its linear head.</summary>
internal static class EmbeddingTap
{
    /// <summary>Embeds rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The features [N×F].</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>Embeddings [N×D], and the head where the outputs are a linear map of them.</returns>
    public static (FeatureMatrix Embeddings, LinearHead? Head) Run(TorchNetwork network, FeatureMatrix inputs, CancellationToken cancellationToken)
    {
        if (inputs.RowCount == 0)
        {
            (FeatureMatrix some, LinearHead? found) = Run(network, network.Sample, cancellationToken);
            return (some.Slice(0, 0), found);
        }

        var parts = new List<float[]>();
        LinearHead? head = null;
        bool linear = true;
        using var taps = new LayerTaps(network, [network.Options.EmbeddingModule]);
        using IDisposable noGradient = torch.no_grad();
        network.ForBatches(inputs, cancellationToken, (_, batch) =>
        {
            taps.Clear();
            Tensor outputs = network.Forward(batch);
            Tensor embedding = taps.Value(0).reshape(batch.shape[0], -1);
            parts.Add(embedding.ToFloats());
            linear = linear && taps.Last is { } last && Maps(last, embedding, outputs);
            head ??= linear ? Read(taps.Last!, network) : null;
        });
        float[] values = [.. parts.SelectMany(p => p)];
        return (new FeatureMatrix(values, inputs.RowCount, values.Length / inputs.RowCount), linear ? head : null);
    }

    /// <summary>Whether a linear module maps these embeddings to these outputs.</summary>
    private static bool Maps(Linear linear, Tensor embedding, Tensor outputs)
    {
        if (linear.weight is not { } weight || weight.shape[1] != embedding.shape[1] || weight.shape[0] != outputs.shape[1])
        {
            return false;
        }

        Tensor mapped = torch.nn.functional.linear(embedding, weight, linear.bias);
        float difference = (mapped - outputs).abs().max().ToFloats()[0];
        return difference <= 1e-4f * (1 + outputs.abs().max().ToFloats()[0]);
    }

    private static LinearHead Read(Linear linear, TorchNetwork network)
    {
        TargetScale scale = network.Scale;
        double[] weights = Array.ConvertAll(linear.weight!.ToFloats(), w => w * scale.Deviation);
        double[] biases = linear.bias is { } bias ? Array.ConvertAll(bias.ToFloats(), b => (double)b) : new double[network.OutputCount];
        return new LinearHead(weights, Array.ConvertAll(biases, b => (b * scale.Deviation) + scale.Mean));
    }
}
