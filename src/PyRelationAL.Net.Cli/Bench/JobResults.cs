using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.Bench;

/// <summary>What an <see cref="ExperimentJob"/> gave.</summary>
/// <param name="Results">All results where all are there, else those of this process's share.</param>
/// <param name="Share">Those of this process's share.</param>
/// <param name="File">The file that this process wrote.</param>
/// <param name="Stored">How many runs the folder holds, those of other shards included.</param>
/// <param name="Planned">How many runs the whole experiment has.</param>
/// <param name="IsReported">Whether the report was written.</param>
internal sealed record JobResults(ExperimentResults Results, ExperimentResults Share, string File, int Stored, int Planned, bool IsReported);
