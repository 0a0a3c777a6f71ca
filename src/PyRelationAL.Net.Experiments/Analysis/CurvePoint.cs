namespace PyRelationAL.Experiments;

/// <summary>One round of a learning curve, over several runs.</summary>
/// <param name="Labelled">Labelled items, on average.</param>
/// <param name="Score">The metric over the runs.</param>
public readonly record struct CurvePoint(double Labelled, SampleStatistics Score);
