using System.Text.Json.Serialization;

namespace PyRelationAL.Experiments;

[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ExperimentManifest))]
[JsonSerializable(typeof(QueryProjection[]))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
