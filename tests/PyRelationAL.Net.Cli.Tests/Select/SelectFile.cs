using System.Text.Json;

namespace PyRelationAL.Tests.Select;

/// <summary>The arrays that Golden/select.py writes, and what it selects from them.</summary>
internal static class SelectFile
{
    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "Select", name);

    public static (int[] Indices, double[] Scores) Expected(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Of("expected.json")));
        return Selection(document.RootElement.GetProperty(name));
    }

    /// <summary>Runs <c>select --json</c>; words that end like a file of the golden ones stand for it.</summary>
    public static (int[] Indices, double[] Scores) Run(string arguments)
    {
        ToolRun run = ToolRun.Of([.. Words(arguments), "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return Selection(document.RootElement);
    }

    /// <summary>The arguments of <c>select</c>, with the golden files where they are named.</summary>
    public static string[] Words(string arguments) =>
        ["select", .. arguments.Split(' ').Select(word => File.Exists(Of(word.Split(':')[0])) ? Of(word) : word)];

    private static (int[] Indices, double[] Scores) Selection(JsonElement selection) => (
        [.. selection.GetProperty("indices").EnumerateArray().Select(index => index.GetInt32())],
        selection.GetProperty("scores") is { ValueKind: JsonValueKind.Array } scores ? [.. scores.EnumerateArray().Select(score => score.GetDouble())] : []);
}
