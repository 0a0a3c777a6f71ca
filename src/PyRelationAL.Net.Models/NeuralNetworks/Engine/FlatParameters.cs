using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>The trainable parameters of a network as one vector without padding: layer by layer, weights [in×out] row-major, then biases. Immutable.</summary>
internal sealed class FlatParameters
{
    private readonly Network _network;
    private readonly int[] _starts;

    public FlatParameters(Network network)
    {
        _network = network;
        _starts = new int[network.Layers.Length];
        var groups = new List<ParameterGroup>();
        var numbers = new Dictionary<string, int>();
        int start = 0;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Layer layer = network.Layers[i];
            _starts[i] = start;
            foreach (LayerParameters part in layer.ParameterGroups)
            {
                int number = part == layer.ParameterGroups[0] ? numbers[part.Layer] = numbers.GetValueOrDefault(part.Layer) + 1 : numbers[part.Layer];
                int length = checked(part.Runs * layer.OutputWidth);
                groups.Add(new ParameterGroup(Guard.Text($"{part.Layer} {number} {part.What}"), start, length, part.IsWeight));
                start = checked(start + length);
            }
        }

        Layout = new ParameterLayout(groups);
    }

    public ParameterLayout Layout { get; }

    /// <summary>The part of a vector that belongs to a layer.</summary>
    public Span<float> Of(int layer, Span<float> flat) => flat[_starts[layer]..(layer + 1 < _starts.Length ? _starts[layer + 1] : Layout.Count)];

    /// <summary>Copies parameters, or a gradient by them, out of their padded form.</summary>
    public void Pack(ReadOnlySpan<float> numbers, Span<float> flat)
    {
        int padded = 0, position = 0;
        foreach (Layer layer in _network.Layers)
        {
            for (int end = padded + layer.ParameterCount; padded < end; padded += layer.OutputStride)
            {
                numbers.Slice(padded, layer.OutputWidth).CopyTo(flat[position..]);
                position += layer.OutputWidth;
            }
        }
    }

    /// <summary>Copies a vector of parameters into their padded form; the padding stays as it is.</summary>
    public void Unpack(ReadOnlySpan<float> flat, Span<float> numbers)
    {
        int padded = 0;
        foreach (Layer layer in _network.Layers)
        {
            for (int end = padded + layer.ParameterCount; padded < end; padded += layer.OutputStride)
            {
                flat[..layer.OutputWidth].CopyTo(numbers[padded..]);
                flat = flat[layer.OutputWidth..];
            }
        }
    }
}
