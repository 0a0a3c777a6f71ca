using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Adapters.MicrosoftML;

namespace PyRelationAL.Tests;

/// <summary>The scores that ML.NET itself gives to items.</summary>
internal static class Scoring
{
    public static IEnumerable<float> Of(ITransformer transformer, DatasetView items) =>
        transformer.Transform(MLDataset.ToDataView(items, LabelEncoding.None)).GetColumn<float>("Score");
}
