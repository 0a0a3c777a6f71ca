namespace PyRelationAL.Evaluation;

/// <summary>The names under which metrics are reported.</summary>
public static class MetricNames
{
    /// <summary>Share of items whose predicted class is right, in [0, 1]; higher is better.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Mean over the classes that occur of the recall, in [0, 1]; higher is better.</summary>
    public const string BalancedAccuracy = "balanced_accuracy";

    /// <summary>Mean over the classes that occur or are predicted of the F1 score, in [0, 1]; higher is better.</summary>
    public const string MacroF1 = "macro_f1";

    /// <summary>Mean of −ln p(true class), in nats, probabilities clipped at 2⁻⁵²; lower is better.</summary>
    public const string LogLoss = "log_loss";

    /// <summary>Mean square error; lower is better.</summary>
    public const string MeanSquaredError = "mse";

    /// <summary>Root of the mean square error, in units of the target; lower is better.</summary>
    public const string RootMeanSquaredError = "rmse";

    /// <summary>Mean absolute error, in units of the target; lower is better.</summary>
    public const string MeanAbsoluteError = "mae";

    /// <summary>Coefficient of determination, at most 1; higher is better.</summary>
    public const string RSquared = "r2";

    /// <summary>Share of all items queried so far that are of the task's classes, in [0, 1]; higher is better. See <see cref="OpenSetMetrics"/>.</summary>
    public const string Purity = "purity";

    /// <summary>Share of the last query's items that are of the task's classes, in [0, 1]; higher is better.</summary>
    public const string BatchPurity = "batch_purity";

    /// <summary>Share of the pool's items of the task's classes that were queried so far, in [0, 1]; higher is better.</summary>
    public const string KnownRecall = "known_recall";

    /// <summary>How long the last query took to choose, in seconds of wall clock; lower is better.</summary>
    public const string SelectionSeconds = "selection_seconds";

    /// <summary>The metrics for which lower is better.</summary>
    private static readonly HashSet<string> Losses =
        new(StringComparer.Ordinal) { LogLoss, MeanSquaredError, RootMeanSquaredError, MeanAbsoluteError, SelectionSeconds };

    /// <summary>Whether a higher value of a metric is better.</summary>
    /// <param name="metric">One of the names here; unknown metrics count as higher is better.</param>
    /// <returns>False for losses and errors.</returns>
    public static bool HigherIsBetter(string metric) => !Losses.Contains(metric);

    /// <summary>The metric a task is judged by where nothing else is said: balanced accuracy, or mean square error.</summary>
    /// <param name="task">The task.</param>
    /// <returns>A metric name.</returns>
    public static string Primary(LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Kind == TaskKinds.Regression ? MeanSquaredError : BalancedAccuracy;
    }
}
