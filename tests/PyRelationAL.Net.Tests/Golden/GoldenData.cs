using System.Text.Json;

namespace PyRelationAL.Tests;

/// <summary>The numbers that <c>generate.py</c> wrote.</summary>
internal static class GoldenData
{
    private static readonly JsonDocument Document = Load("golden.json");
    private static readonly JsonDocument Designs = Load("designs.json");
    private static readonly JsonDocument OpenSet = Load("openset.json");
    private static readonly JsonDocument Projections = Load("projections.json");
    private static readonly JsonDocument Networks = Load("adversarial.json");
    private static readonly JsonDocument Tree = Load("hierarchical.json");

    public static JsonElement Section(string name) => Document.RootElement.GetProperty(name);

    /// <summary>The numbers that <c>designs.py</c> wrote.</summary>
    public static JsonElement DesignSection(string name) => Designs.RootElement.GetProperty(name);

    /// <summary>The numbers that <c>openset.py</c> wrote.</summary>
    public static JsonElement OpenSetSection(string name) => OpenSet.RootElement.GetProperty(name);
    /// <summary>The numbers that <c>projections.py</c> wrote.</summary>
    public static JsonElement ProjectionSection(string name) => Projections.RootElement.GetProperty(name);

    /// <summary>What <c>hierarchical.py</c> wrote.</summary>
    public static JsonElement Hierarchical => Tree.RootElement;

    /// <summary>What <c>adversarial.py</c> wrote.</summary>
    public static JsonElement Adversarial => Networks.RootElement;

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    public static int[] Integers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    public static ulong[] Bits(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => ulong.Parse(v.GetString()!, System.Globalization.CultureInfo.InvariantCulture))];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static int Integer(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static JsonDocument Load(string file)
    {
        using Stream stream = typeof(GoldenData).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException(file + " is not embedded in the test assembly.");
        return JsonDocument.Parse(stream);
    }
}
