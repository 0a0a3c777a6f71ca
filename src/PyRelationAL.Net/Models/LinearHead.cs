using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>A linear map from embeddings h to outputs z = W h + b, with W [K×D] and b [K]: K logits, or one value. Immutable.</summary>
public sealed class LinearHead
{
    private readonly ReadOnlyMemory<double> _weights;
    private readonly ReadOnlyMemory<double> _biases;

    /// <summary>Wraps weights and biases; the arrays are not copied, so they must not change afterwards.</summary>
    /// <param name="weights">W, K·D values, row-major.</param>
    /// <param name="biases">b, K values, at least one.</param>
    /// <exception cref="ArgumentException">The length of the weights is no multiple of K, or a value is NaN or infinite.</exception>
    public LinearHead(ReadOnlyMemory<double> weights, ReadOnlyMemory<double> biases)
    {
        OutputCount = Guard.Positive(biases.Length);
        if (weights.Length % OutputCount != 0)
        {
            throw new ArgumentException(Guard.Text($"{weights.Length} weights cannot be {OutputCount} rows of equal length."), nameof(weights));
        }

        EmbeddingWidth = weights.Length / OutputCount;
        Guard.AllFinite(weights.Span, Math.Max(1, EmbeddingWidth), "the head's weights", nameof(weights));
        Guard.AllFinite(biases.Span, 1, "the head's biases", nameof(biases));
        _weights = weights;
        _biases = biases;
    }

    /// <summary>K.</summary>
    public int OutputCount { get; }

    /// <summary>D.</summary>
    public int EmbeddingWidth { get; }

    /// <summary>W [K×D], row-major.</summary>
    public ReadOnlySpan<double> Weights => _weights.Span;

    /// <summary>b [K].</summary>
    public ReadOnlySpan<double> Biases => _biases.Span;

    /// <summary>Applies the map to embeddings. O(N·K·D).</summary>
    /// <param name="embeddings">[N×D], the model's own or any others of that width.</param>
    /// <returns>The outputs [N×K], row-major.</returns>
    /// <exception cref="ArgumentException">The embeddings have another width.</exception>
    public double[] Apply(FeatureMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        Guard.SameLength(EmbeddingWidth, embeddings.ColumnCount, "the embeddings' columns", nameof(embeddings));
        var outputs = new double[checked(embeddings.RowCount * OutputCount)];
        Span<double> row = new double[EmbeddingWidth];
        for (int i = 0; i < embeddings.RowCount; i++)
        {
            TensorPrimitives.ConvertTruncating(embeddings.Row(i), row);
            for (int k = 0; k < OutputCount; k++)
            {
                outputs[(i * OutputCount) + k] = TensorPrimitives.Dot(row, Weights.Slice(k * EmbeddingWidth, EmbeddingWidth)) + Biases[k];
            }
        }

        return outputs;
    }
}
