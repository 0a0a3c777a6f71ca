using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>What the auxiliary head of a strategy says of the pool.</summary>
internal static class AuxiliaryOutputs
{
    /// <summary>The outputs; refuses those of another strategy's head.</summary>
    public static FeatureMatrix Of(QueryContext context, int outputCount, string strategy)
    {
        FeatureMatrix outputs = context.AuxiliaryOutputs;
        return outputs.ColumnCount == outputCount
            ? outputs
            : throw new InvalidOperationException(Guard.Text(
                $"The model's auxiliary head has {outputs.ColumnCount} outputs; {strategy} needs the head of its own training hook, with {outputCount}."));
    }
}
