using PyRelationAL.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>An auxiliary head on a network's hidden layers: a linear map and a ReLU for each, side by side into one linear map.</summary>
internal sealed class AuxiliaryNetwork : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly Linear[] _maps;
    private readonly Linear _output;

    /// <summary>Makes a head with new weights for the widths that the hidden layers turn out to have.</summary>
    public AuxiliaryNetwork(TorchNetwork network, AuxiliaryHead head)
    {
        Head = head;
        _network = network;
        using DisposeScope scope = torch.NewDisposeScope();
        using LayerTaps taps = Tap();
        using IDisposable noGradient = torch.no_grad();
        network.Module.eval();
        network.Forward(network.ToInput(network.Sample.ToTensor()));
        _maps = [.. Enumerable.Range(0, network.HiddenNames.Count).Select(i => Linear(Pooled(taps.Value(i)).shape[1], head.HiddenWidth))];
        _output = Linear(_maps.Length * head.HiddenWidth, head.OutputCount);
        foreach (Linear layer in Layers)
        {
            layer.to(torch.device(network.Options.Device));
        }

        foreach (Parameter parameter in Parameters)
        {
            parameter.requires_grad = true;
            parameter.DetachFromDisposeScope();
        }
    }

    public AuxiliaryHead Head { get; }

    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.parameters());

    private IEnumerable<Linear> Layers => _maps.Append(_output);

    public LayerTaps Tap() => new(_network, _network.HiddenNames);

    /// <summary>The head's outputs [B×K] for what was tapped.</summary>
    public Tensor Forward(LayerTaps taps, bool stopGradient)
    {
        IEnumerable<Tensor> parts = _maps.Select((map, i) =>
        {
            Tensor hidden = Pooled(taps.Value(i));
            return functional.relu(map.call(stopGradient ? hidden.detach() : hidden));
        });
        return _output.call(torch.cat([.. parts], 1));
    }

    public FeatureMatrix Predict(FeatureMatrix inputs, CancellationToken cancellationToken)
    {
        var values = new float[checked(inputs.RowCount * Head.OutputCount)];
        using LayerTaps taps = Tap();
        using IDisposable noGradient = torch.no_grad();
        _network.ForBatches(inputs, cancellationToken, (start, batch) =>
        {
            taps.Clear();
            _network.Forward(batch);
            Forward(taps, stopGradient: true).ToFloats().CopyTo(values, start * Head.OutputCount);
        });
        return new FeatureMatrix(values, inputs.RowCount, Head.OutputCount);
    }

    public void Dispose()
    {
        foreach (Linear layer in Layers)
        {
            layer.Dispose();
        }
    }

    /// <summary>The mean over an image; a row as it is.</summary>
    private static Tensor Pooled(Tensor hidden) => hidden.shape.Length > 2 ? hidden.flatten(2).mean([2]) : hidden.reshape(hidden.shape[0], -1);
}
