namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Parameters of a layer that belong together.</summary>
/// <param name="Layer">The kind of layer, for names.</param>
/// <param name="What">What they are, for names.</param>
/// <param name="Runs">How many runs of the layer's output width.</param>
/// <param name="IsWeight">Whether they multiply activations.</param>
internal readonly record struct LayerParameters(string Layer, string What, int Runs, bool IsWeight)
{
    /// <summary>Those of both normalisations: γ and β.</summary>
    public static IReadOnlyList<LayerParameters> OfNormalisation { get; } = [new("normalisation", "gains", 1, false), new("normalisation", "shifts", 1, false)];
}
