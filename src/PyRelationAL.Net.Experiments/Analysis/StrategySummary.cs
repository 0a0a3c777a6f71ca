namespace PyRelationAL.Experiments;

/// <summary>One strategy in one setting, over all folds and seeds. Immutable.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Ipauc">IPAUC over the runs (<see cref="CurveMeasures.Ipauc"/>).</param>
/// <param name="MeanOverRounds">The mean over the rounds, over the runs.</param>
/// <param name="Final">The final model's score over the runs.</param>
/// <param name="Curve">The learning curve, as far as all runs reach.</param>
/// <param name="FailedCount">How many runs failed; they are part of nothing else here.</param>
/// <param name="MeanSeconds">How long a run took on average; null where that is not known.</param>
/// <param name="Standing">How it compares with the best.</param>
public sealed record StrategySummary(
    string Strategy,
    SampleStatistics Ipauc,
    SampleStatistics MeanOverRounds,
    SampleStatistics Final,
    IReadOnlyList<CurvePoint> Curve,
    int FailedCount,
    double? MeanSeconds,
    Standing Standing);
