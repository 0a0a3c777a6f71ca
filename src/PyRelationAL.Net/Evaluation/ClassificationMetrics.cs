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
        Check(probabilities, classes);
        int count = probabilities.ClassCount;
        var truth = new int[count];
        var predicted = new int[count];
        var hits = new int[count];
        double logLoss = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            int c = classes[i];
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

    /// <summary>
    /// The expected calibration error: how far confidence is from accuracy. Items are put into equal bins by their largest probability, bin b holding those in
    /// (b/B, (b+1)/B]; the error is Σ (n[b]/N) |accuracy[b] − mean confidence[b]| over bins that hold items. O(N·C).
    /// </summary>
    /// <remarks>
    /// Pakdaman Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML 2017. It depends on the number of bins, and is above 0 for calibrated predictions
    /// of few
    /// items. Of a model that always predicts the classes' shares it is 0: read it beside the log loss.
    /// </remarks>
    /// <param name="probabilities">Predictions [N×C].</param>
    /// <param name="classes">N true classes in [0, C).</param>
    /// <param name="binCount">B, at least 1.</param>
    /// <returns>A number in [0, 1]; lower is better.</returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a class is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public static double ExpectedCalibrationError(ClassProbabilities probabilities, ReadOnlySpan<int> classes, int binCount = 15)
    {
        Guard.Positive(binCount);
        Check(probabilities, classes);
        var surplus = new double[binCount];
        for (int i = 0; i < classes.Length; i++)
        {
            int guess = probabilities.ArgMax(i);
            double confidence = probabilities.Row(i)[guess];
            surplus[Math.Clamp((int)Math.Ceiling(confidence * binCount) - 1, 0, binCount - 1)] += (guess == classes[i] ? 1 : 0) - confidence;
        }

        return surplus.Sum(Math.Abs) / classes.Length;
    }

    private static void Check(ClassProbabilities probabilities, ReadOnlySpan<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        Guard.SameLength(probabilities.RowCount, classes.Length, "true classes", nameof(classes));
        if (classes.IsEmpty)
        {
            throw new ArgumentException("Metrics need at least one item.", nameof(classes));
        }

        for (int i = 0; i < classes.Length; i++)
        {
            if ((uint)classes[i] >= (uint)probabilities.ClassCount)
            {
                throw new ArgumentException(
                    Guard.Text($"The true class of row {i} is {classes[i]}; it must lie in [0, {probabilities.ClassCount})."), nameof(classes));
            }
        }
    }
}
