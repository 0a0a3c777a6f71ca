using PyRelationAL.ActiveLearning;

namespace PyRelationAL.Evaluation;

/// <summary>How well the queries of a run avoid what is of none of the task's classes. Initial labels count for nothing here.</summary>
/// <remarks>
/// Precision and recall of the queries as in Ning, Zhao, Li and Huang, "Active learning for open-set annotation", CVPR 2022. They judge what was asked, not the
/// model: for that read balanced accuracy or macro-F1 beside them.
/// </remarks>
public static class OpenSetMetrics
{
    /// <summary>
    /// With q[i] the items and k[i] the known ones of query i (1, 2, …): <see cref="MetricNames.BatchPurity"/> k[i] / q[i],
    /// <see cref="MetricNames.Purity"/> Σ k / Σ q and <see cref="MetricNames.KnownRecall"/> Σ k / K, the sums over the queries until i. Before the first query
    /// both purities are 1, since nothing was wasted, and the recall is 0. O(rounds).
    /// </summary>
    /// <param name="history">A run's rounds from the first on; each but the last has a query.</param>
    /// <param name="knownInPool">K, how many items of the task's classes the pool had before the first query; at least 1.</param>
    /// <returns>Metrics by name, each with one value for each round: the i-th after i queries.</returns>
    /// <exception cref="ArgumentException">There are no rounds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">K is below 1.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>> Compute(IReadOnlyList<RoundRecord> history, int knownInPool)
    {
        ArgumentNullException.ThrowIfNull(history);
        Numerics.Guard.Positive(knownInPool);
        if (history.Count == 0)
        {
            throw new ArgumentException("Metrics of queries need at least one round.", nameof(history));
        }

        var batchPurity = new double[history.Count];
        var purity = new double[history.Count];
        var recall = new double[history.Count];
        batchPurity[0] = purity[0] = 1;
        int asked = 0, known = 0;
        for (int i = 1; i < history.Count; i++)
        {
            RoundRecord query = history[i - 1];
            asked += query.Queried.Count;
            known += query.Queried.Count - query.OutOfDistributionQueried;
            batchPurity[i] = query.Purity ?? 1;
            purity[i] = asked == 0 ? 1 : (double)known / asked;
            recall[i] = (double)known / knownInPool;
        }

        return new Dictionary<string, IReadOnlyList<double>>
        {
            [MetricNames.BatchPurity] = batchPurity,
            [MetricNames.Purity] = purity,
            [MetricNames.KnownRecall] = recall,
        };
    }
}
