namespace PyRelationAL;

/// <summary>The space in which distances and densities are measured.</summary>
public enum FeatureSpace
{
    /// <summary>The dataset's features.</summary>
    Features = 0,

    /// <summary>The model's embeddings (needs an <see cref="Models.IEmbedder"/>).</summary>
    Embeddings,
}
