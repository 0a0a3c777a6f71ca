using PyRelationAL.Numerics;
using TorchSharp;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Torch's generator, which the whole process shares: whoever draws from it holds <see cref="Gate"/> from the seed to the last draw.</summary>
internal static class TorchRandom
{
    public static Lock Gate { get; } = new();

    public static void Seed(RandomStream random)
    {
        using torch.Generator generator = torch.manual_seed(unchecked((long)random.NextUInt64()));
    }
}
