using System.Text.Json.Serialization;

namespace PyRelationAL.Experiments;

[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ExperimentManifest))]
[JsonSerializable(typeof(QueryProjection[]))]
[JsonSerializable(typeof(LockOwner))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
