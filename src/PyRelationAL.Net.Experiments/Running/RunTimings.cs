using PyRelationAL.ActiveLearning;

namespace PyRelationAL.Experiments;

/// <summary>
/// Where a run's time went, in seconds of wall clock: with the machine and the version the only part of a result that two equal runs do not share. What
/// the total has beyond the parts is the pipeline's own.
/// </summary>
/// <param name="Total">The whole run, preparing the data included.</param>
/// <param name="Train">Training the model, all rounds.</param>
/// <param name="Evaluate">Measuring it.</param>
/// <param name="Suggest">Predicting on the pool, scoring and selecting.</param>
/// <param name="Oracle">Waiting for labels.</param>
public sealed record RunTimings(double Total, double Train, double Evaluate, double Suggest, double Oracle)
{
    /// <summary>Loading, dividing and scaling the data, and choosing the start.</summary>
    public double Prepare { get; init; }

    /// <summary>Choosing each query, in seconds; null where that is not known, as in older results.</summary>
    public IReadOnlyList<double>? SuggestByQuery { get; init; }

    internal static RunTimings Of(TimeSpan total, TimeSpan prepare, IReadOnlyList<RoundRecord> history) => new(
        total.TotalSeconds,
        history.Sum(r => r.Timings.Train.TotalSeconds),
        history.Sum(r => r.Timings.Evaluate.TotalSeconds),
        history.Sum(r => r.Timings.Suggest.TotalSeconds),
        history.Sum(r => r.Timings.Oracle.TotalSeconds))
    {
        Prepare = prepare.TotalSeconds,
        SuggestByQuery = [.. history.Where(r => r.Queried.Count > 0).Select(r => r.Timings.Suggest.TotalSeconds)],
    };
}
