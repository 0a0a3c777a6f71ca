using Microsoft.ML.Trainers.FastTree;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Seeds a forest, which does not look at its context's seed.</summary>
internal static class FastForestSeeds
{
    public static void Set(FastForestOptionsBase options, int seed)
    {
        var defaults = new MLModelOptions();
        options.Seed = seed;
        options.FeatureSelectionSeed = new RandomStream(seed).Child("features").NextInt32(int.MaxValue);
        options.FeatureColumnName = defaults.FeatureColumn;
        options.LabelColumnName = defaults.LabelColumn;
    }
}
