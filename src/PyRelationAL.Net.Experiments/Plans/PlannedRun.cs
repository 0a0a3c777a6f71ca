using PyRelationAL.Datasets;
using PyRelationAL.Strategies;

namespace PyRelationAL.Experiments;

/// <summary>A run and what is needed to carry it out. <c>ExpectedRounds</c> counts the final model's and may be off by one: folds differ by an item.</summary>
internal sealed record PlannedRun(
    int Index, RunSpec Spec, BenchmarkTask Task, StrategyDescription Strategy, ModelDescription Model, int ExpectedRounds, string DataFingerprint);
