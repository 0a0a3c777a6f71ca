namespace PyRelationAL.Experiments;

/// <summary>A part of a plan that makes no sense and is left out: a classification strategy on regression data, say.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="What">The strategy, model, start or scenario that does not fit it.</param>
/// <param name="Reason">Why, as one sentence.</param>
public sealed record SkippedCombination(string Dataset, string What, string Reason);
