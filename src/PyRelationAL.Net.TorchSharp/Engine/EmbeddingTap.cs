using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// Taps a module's embeddings by hooks, which come off again after each call: the output of a named module, or what enters the linear module that runs last.
/// </summary>
internal sealed class EmbeddingTap
{
    private readonly TorchNetwork _network;
    private Tensor? _embedding;
    private Linear? _last;

    public EmbeddingTap(TorchNetwork network)
    {
        _network = network;
    }

    /// <summary>Embeds rows.</summary>
    /// <param name="inputs">The features [N×F].</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>Embeddings [N×D], and the head where the outputs are a linear map of them.</returns>
    public (FeatureMatrix Embeddings, LinearHead? Head) Run(FeatureMatrix inputs, CancellationToken cancellationToken)
    {
        if (inputs.RowCount == 0)
        {
            (FeatureMatrix some, LinearHead? found) = Run(_network.Sample, cancellationToken);
            return (some.Slice(0, 0), found);
        }

        var parts = new List<float[]>();
        LinearHead? head = null;
        bool linear = true;
        Action[] removals = [.. Hooks()];
        try
        {
            using IDisposable noGradient = torch.no_grad();
            _network.ForBatches(inputs, cancellationToken, (_, batch) =>
            {
                (_embedding, _last) = (null, null);
                Tensor outputs = _network.Forward(batch);
                Tensor embedding = (_embedding ?? throw NotRun()).reshape(batch.shape[0], -1);
                parts.Add(embedding.ToFloats());
                linear = linear && IsLinear(embedding, outputs);
                head ??= linear ? ReadHead() : null;
            });
        }
        finally
        {
            Array.ForEach(removals, remove => remove());
            (_embedding, _last) = (null, null);
        }

        float[] values = [.. parts.SelectMany(p => p)];
        return (new FeatureMatrix(values, inputs.RowCount, values.Length / inputs.RowCount), linear ? head : null);
    }

    private IEnumerable<Action> Hooks()
    {
        string? name = _network.Options.EmbeddingModule;
        foreach (Module module in AllModules(_network.Module).OfType<Linear>())
        {
            var hook = module.register_forward_hook((Module layer, Tensor input, Tensor output) =>
            {
                _last = (Linear)layer;
                if (name is null)
                {
                    // Modules around may dispose of the tensor, or change it in place.
                    _embedding = input.clone();
                }

                return output;
            });
            yield return hook.remove;
        }

        if (name is not null)
        {
            var hook = Named(name).register_forward_hook((Module _, Tensor _, Tensor output) =>
            {
                _embedding = output.clone();
                return output;
            });
            yield return hook.remove;
        }
    }

    private Module Named(string name)
    {
        torch.nn.Module? found = _network.Module.named_modules().FirstOrDefault(m => m.name == name).module;
        return found as Module ?? throw new ArgumentException(
            $"The module has {(found is null ? "no" : "no single-tensor")} part '{name}' to take embeddings from; it has " +
            $"{string.Join(", ", _network.Module.named_modules().Where(m => m.module is Module).Select(m => m.name))}.",
            nameof(TorchOptions.EmbeddingModule));
    }

    private InvalidOperationException NotRun() => new(_network.Options.EmbeddingModule is { } name
        ? $"The module's part '{name}' was not run by call(), so it gave no embedding."
        : $"No linear module was run by call(), so there is no embedding: name a part in {nameof(TorchOptions)}.{nameof(TorchOptions.EmbeddingModule)}.");

    /// <summary>Whether the last linear module maps these embeddings to these outputs.</summary>
    private bool IsLinear(Tensor embedding, Tensor outputs)
    {
        if (_last is null || _last.weight is not { } weight || weight.shape[1] != embedding.shape[1] || weight.shape[0] != outputs.shape[1])
        {
            return false;
        }

        Tensor mapped = torch.nn.functional.linear(embedding, weight, _last.bias);
        float difference = (mapped - outputs).abs().max().ToFloats()[0];
        return difference <= 1e-4f * (1 + outputs.abs().max().ToFloats()[0]);
    }

    private LinearHead ReadHead()
    {
        TargetScale scale = _network.Scale;
        double[] weights = Array.ConvertAll(_last!.weight!.ToFloats(), w => w * scale.Deviation);
        double[] biases = _last.bias is { } bias ? Array.ConvertAll(bias.ToFloats(), b => (double)b) : new double[_network.OutputCount];
        return new LinearHead(weights, Array.ConvertAll(biases, b => (b * scale.Deviation) + scale.Mean));
    }

    private static IEnumerable<torch.nn.Module> AllModules(torch.nn.Module root) => root.named_modules().Select(m => m.module).Prepend(root);
}
