using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Evaluation;

/// <summary>Metrics of classification, from predicted probabilities and true classes.</summary>
public static class ClassificationMetrics
{
    /// <summary>Computes accuracy, balanced accuracy, macro-F1 and log loss (see <see cref="MetricNames"/>). O(N·C).</summary>
    /// <param name="probabilities">Predictions [N×C].</param>
    /// <param name="classes">N true classes in [0, C).</param>
    /// <returns>Metrics by name.</returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a class is out of range.</exception>
    public static IReadOnlyDictionary<string, double> Compute(ClassProbabilities probabilities, ReadOnlySpan<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        Guard.SameLength(probabilities.RowCount, classes.Length, "true classes", nameof(classes));
        if (classes.IsEmpty)
        {
            throw new ArgumentException("Metrics need at least one item.", nameof(classes));
        }

        int count = probabilities.ClassCount;
        var truth = new int[count];
        var predicted = new int[count];
        var hits = new int[count];
        double logLoss = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            int c = classes[i];
            if ((uint)c >= (uint)count)
            {
                throw new ArgumentException(Guard.Text($"The true class of row {i} is {c}; it must lie in [0, {count})."), nameof(classes));
            }

            int guess = probabilities.ArgMax(i);
            truth[c]++;
            predicted[guess]++;
            hits[c] += guess == c ? 1 : 0;
            logLoss -= Math.Log(Math.Clamp(probabilities.Row(i)[c], Math.ScaleB(1, -52), 1));
        }

        double recallSum = 0, f1Sum = 0;
        int present = 0, involved = 0;
        for (int c = 0; c < count; c++)
        {
            if (truth[c] > 0)
            {
                recallSum += (double)hits[c] / truth[c];
                present++;
            }

            if (truth[c] + predicted[c] > 0)
            {
                f1Sum += 2.0 * hits[c] / (truth[c] + predicted[c]);
                involved++;
            }
        }

        return new Dictionary<string, double>
        {
            [MetricNames.Accuracy] = (double)hits.Sum() / classes.Length,
            [MetricNames.BalancedAccuracy] = recallSum / present,
            [MetricNames.MacroF1] = f1Sum / involved,
            [MetricNames.LogLoss] = logLoss / classes.Length,
        };
    }
}
