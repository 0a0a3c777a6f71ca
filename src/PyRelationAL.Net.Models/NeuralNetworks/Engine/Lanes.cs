using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// How matrices of the engine lie in memory: row-major, each row padded to a whole number of vectors. The padding of weights and of gradients is 0; that of
/// activations is anything finite, and is never read across rows. So no kernel has a tail, and the padding changes no result.
/// </summary>
internal static class Lanes
{
    /// <summary>Floats that a row is padded to a multiple of; networks that are trained as one computation.</summary>
    public static readonly int Group = Math.Max(8, Vector<float>.Count);

    public static int Stride(int width) => (width + Group - 1) / Group * Group;
}
