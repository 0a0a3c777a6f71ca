using System.Text.Json;

namespace PyRelationAL.Tests.Golden;

/// <summary>The numbers that golden.py worked out.</summary>
internal static class GoldenData
{
    private static readonly JsonDocument Document = Load();

    public static JsonElement[] Cases(string section) => [.. Document.RootElement.GetProperty(section).EnumerateArray()];

    public static double[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static JsonDocument Load()
    {
        using Stream stream = typeof(GoldenData).Assembly.GetManifestResourceStream("golden.json")!;
        return JsonDocument.Parse(stream);
    }
}
