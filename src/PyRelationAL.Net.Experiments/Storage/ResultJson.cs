using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyRelationAL.Experiments;

/// <summary>Results as JSON: camel case, round-trip doubles, no dependence on the culture.</summary>
internal static class ResultJson
{
    private static readonly ResultJsonContext Compact = new(Options(indented: false));
    private static readonly ResultJsonContext Indented = new(Options(indented: true));

    public static string Line(RunResult result) => JsonSerializer.Serialize(result, Compact.RunResult);

    public static RunResult ReadResult(string line) =>
        JsonSerializer.Deserialize(line, Compact.RunResult) ?? throw new JsonException("The line holds null.");

    public static string Text(RunSpec spec) => JsonSerializer.Serialize(spec, Compact.RunSpec);

    public static string Text(LockOwner owner) => JsonSerializer.Serialize(owner, Indented.LockOwner);

    public static LockOwner? ReadOwner(string text) => JsonSerializer.Deserialize(text, Compact.LockOwner);

    public static string Text(ExperimentManifest manifest) => JsonSerializer.Serialize(manifest, Indented.ExperimentManifest);

    public static ExperimentManifest ReadManifest(string text) =>
        JsonSerializer.Deserialize(text, Compact.ExperimentManifest) ?? throw new JsonException("The file holds null.");

    public static string Text(QueryProjection[] projections) => JsonSerializer.Serialize(projections, Compact.QueryProjectionArray);

    public static QueryProjection[] ReadProjections(string text) =>
        JsonSerializer.Deserialize(text, Compact.QueryProjectionArray) ?? throw new JsonException("The file holds null.");

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A user's own metric may be NaN, and a run must not be lost for it.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<TaskKinds>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<RunStatus>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ActiveLearning.StopReason>(JsonNamingPolicy.CamelCase),
        },
    };
}
