namespace PyRelationAL.Models;

/// <summary>What a loss on embeddings is computed from: B labelled and U unlabelled rows of a training step, as the network embeds them in it.</summary>
public readonly ref struct EmbeddingBatch
{
    /// <summary>The epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>The row of each labelled one's item among the labelled items [B].</summary>
    public required ReadOnlySpan<int> LabelledRows { get; init; }

    /// <summary>The row of each unlabelled one's item in <see cref="IEmbeddingHook.Unlabelled"/> [U].</summary>
    public required ReadOnlySpan<int> UnlabelledRows { get; init; }

    /// <summary>Embeddings of the labelled ones [B×D], row-major.</summary>
    public required ReadOnlySpan<float> Labelled { get; init; }

    /// <summary>Embeddings of the unlabelled ones [U×D], row-major.</summary>
    public required ReadOnlySpan<float> Unlabelled { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }
}
