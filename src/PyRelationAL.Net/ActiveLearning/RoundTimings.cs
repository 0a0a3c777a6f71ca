namespace PyRelationAL.ActiveLearning;

/// <summary>Where a round's time went, wall clock.</summary>
/// <param name="Train">Training the model.</param>
/// <param name="Evaluate">Measuring it on the test items.</param>
/// <param name="Suggest">Predicting on the pool, scoring and selecting.</param>
/// <param name="Oracle">Waiting for labels.</param>
public readonly record struct RoundTimings(TimeSpan Train, TimeSpan Evaluate, TimeSpan Suggest, TimeSpan Oracle);
