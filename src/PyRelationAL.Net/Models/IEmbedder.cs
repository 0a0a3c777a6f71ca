namespace PyRelationAL.Models;

/// <summary>A model that maps items into a space of its own, such as a network's penultimate layer.</summary>
public interface IEmbedder
{
    /// <summary>Embeds items as rows [N×D].</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The embeddings.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default);
}
