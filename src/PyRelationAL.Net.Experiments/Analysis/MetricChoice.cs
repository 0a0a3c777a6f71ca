using PyRelationAL.Evaluation;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>Which metric results are judged by.</summary>
public static class MetricChoice
{
    private static readonly string[] OfClassification =
        [MetricNames.BalancedAccuracy, MetricNames.Accuracy, MetricNames.MacroF1, MetricNames.LogLoss];

    private static readonly string[] OfRegression =
        [MetricNames.MeanSquaredError, MetricNames.RootMeanSquaredError, MetricNames.MeanAbsoluteError, MetricNames.RSquared];

    /// <summary>Of what was asked, not of the model: never the default of a task.</summary>
    private static readonly string[] OfQueries =
        [MetricNames.Purity, MetricNames.BatchPurity, MetricNames.KnownRecall, MetricNames.SelectionSeconds];

    /// <summary>The names of the built-in metrics: of classification, of regression, of queries; of each task the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfClassification, .. OfRegression, .. OfQueries];

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name, in any letter case; <c>-</c> counts as <c>_</c>.</param>
    /// <returns>The name as results have it.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static string Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string wanted = name.Trim().Replace('-', '_');
        return All.FirstOrDefault(metric => metric.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(NearestName.UnknownMessage("metric", name, All), nameof(name));
    }

    /// <summary>The metric to judge runs by: the first one preferred that they have, else the task's own, else the first one they have.</summary>
    /// <param name="task">The task.</param>
    /// <param name="available">The metrics that the runs have.</param>
    /// <param name="preferred">Metrics by preference; those of other tasks may be among them.</param>
    /// <returns>A name out of <paramref name="available"/>; null where there is none.</returns>
    public static string? Choose(TaskKinds task, IReadOnlyCollection<string> available, IReadOnlyList<string> preferred)
    {
        ArgumentNullException.ThrowIfNull(available);
        ArgumentNullException.ThrowIfNull(preferred);
        string own = task == TaskKinds.Regression ? OfRegression[0] : OfClassification[0];
        return preferred.Append(own).FirstOrDefault(available.Contains) ?? available.Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>A metric's name for people.</summary>
    /// <param name="metric">A name out of <see cref="MetricNames"/>, or a user's own.</param>
    /// <returns>For example <c>balanced accuracy</c>.</returns>
    public static string DisplayName(string metric) => metric switch
    {
        MetricNames.BalancedAccuracy => "balanced accuracy",
        MetricNames.MacroF1 => "macro-F1",
        MetricNames.LogLoss => "log loss",
        MetricNames.MeanSquaredError => "mean square error",
        MetricNames.RootMeanSquaredError => "root mean square error",
        MetricNames.MeanAbsoluteError => "mean absolute error",
        MetricNames.RSquared => "R²",
        MetricNames.Purity => "purity of all queries",
        MetricNames.BatchPurity => "purity of the last query",
        MetricNames.KnownRecall => "recall of known classes",
        MetricNames.SelectionSeconds => "seconds to choose a query",
        _ => metric,
    };

    /// <summary>The built-in metrics of a task, its default first.</summary>
    internal static IReadOnlyList<string> OfTask(TaskKinds task) => task == TaskKinds.Regression ? OfRegression : OfClassification;

    /// <summary>The values that a metric can have; infinite ends where there is no limit, or none is known.</summary>
    internal static (double Least, double Most) Range(string metric) => metric switch
    {
        MetricNames.Accuracy or MetricNames.BalancedAccuracy or MetricNames.MacroF1
            or MetricNames.Purity or MetricNames.BatchPurity or MetricNames.KnownRecall => (0, 1),
        MetricNames.RSquared => (double.NegativeInfinity, 1),
        _ => (MetricNames.HigherIsBetter(metric) ? double.NegativeInfinity : 0, double.PositiveInfinity),
    };
}
