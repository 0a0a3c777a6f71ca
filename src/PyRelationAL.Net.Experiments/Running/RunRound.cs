using PyRelationAL.ActiveLearning;

namespace PyRelationAL.Experiments;

/// <summary>A finished round of a run, for who watches an experiment live. Immutable.</summary>
/// <param name="Index">The run's place in its plan, from 0.</param>
/// <param name="Run">The run.</param>
/// <param name="Record">The round: labelled items, metrics, what was queried with which scores, timings.</param>
public sealed record RunRound(int Index, RunSpec Run, RoundRecord Record);
