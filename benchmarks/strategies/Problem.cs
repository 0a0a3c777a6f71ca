using PyRelationAL.Datasets;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>A dataset of the tables, and how much of it is asked for.</summary>
/// <param name="Source">The data.</param>
/// <param name="BatchSize">Items of each query.</param>
/// <param name="Standardise">Whether features are standardised.</param>
/// <param name="Description">What the data are, for the page.</param>
internal sealed record Problem(DatasetSource Source, int BatchSize, bool Standardise, string Description);
