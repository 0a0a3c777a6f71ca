namespace PyRelationAL.Experiments;

/// <summary>One round of a learning curve, over several runs.</summary>
/// <param name="Labelled">Labelled items on average, those found to be of none of the task's classes included: what was paid for.</param>
/// <param name="Score">The metric over the runs.</param>
public readonly record struct CurvePoint(double Labelled, SampleStatistics Score);
