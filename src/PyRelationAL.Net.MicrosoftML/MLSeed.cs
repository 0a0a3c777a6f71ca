using Microsoft.ML;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Factories that have no use for a seed.</summary>
internal static class MLSeed
{
    public static Func<MLContext, int, IEstimator<ITransformer>> Ignored(Func<MLContext, IEstimator<ITransformer>> createEstimator)
    {
        ArgumentNullException.ThrowIfNull(createEstimator);
        return (context, _) => createEstimator(context);
    }
}
