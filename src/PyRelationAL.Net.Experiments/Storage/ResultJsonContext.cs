using System.Text.Json.Serialization;

namespace PyRelationAL.Experiments;

[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ExperimentManifest))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
