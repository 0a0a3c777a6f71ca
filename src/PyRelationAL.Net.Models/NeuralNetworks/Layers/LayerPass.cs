using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>What a layer works with in one pass over a batch.</summary>
internal readonly ref struct LayerPass
{
    public required int Rows { get; init; }

    public required PassMode Mode { get; init; }

    /// <summary>The layer's own trainable parameters.</summary>
    public required ReadOnlySpan<float> Parameters { get; init; }

    /// <summary>The layer's own running statistics.</summary>
    public required Span<float> Statistics { get; init; }

    /// <summary>What the layer keeps from the forward to the backward pass.</summary>
    public required Span<float> Kept { get; init; }

    /// <summary>Memory that any layer may use within one call.</summary>
    public required Span<float> Scratch { get; init; }

    public RandomStream? Random { get; init; }
}
