using PyRelationAL.Models;

namespace PyRelationAL;

/// <summary>What rows of a space need of a model.</summary>
internal static class FeatureSpaceNeeds
{
    /// <summary>Embeddings for these, nothing for the dataset's features.</summary>
    public static Capabilities Needs(this FeatureSpace space) => space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None;
}
