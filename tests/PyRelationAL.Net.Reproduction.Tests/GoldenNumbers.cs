using System.Text.Json;

namespace PyRelationAL.Tests;

/// <summary>What <c>Golden/generate.py</c> printed.</summary>
internal static class GoldenNumbers
{
    public static JsonElement Root { get; } = Read();

    public static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];

    public static FeatureMatrix Features(this JsonElement element) =>
        FeatureMatrix.FromRows([.. element.EnumerateArray().Select(row => Array.ConvertAll(row.Doubles(), x => (float)x))]);

    private static JsonElement Read()
    {
        using Stream stream = typeof(GoldenNumbers).Assembly.GetManifestResourceStream("golden.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
