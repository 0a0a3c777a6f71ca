using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>What a classifier was trained on: the classes that labelled items had, ascending, out of C, and the number of features.</summary>
internal sealed record TrainedClasses(int[] Present, int ClassCount, int FeatureCount)
{
    public static TrainedClasses Of(DatasetView labelled) =>
        new([.. labelled.ClassLabels().Distinct().Order()], labelled.Task.ClassCount, labelled.Dataset.FeatureCount);

    /// <summary>Replaces scores by their softmax.</summary>
    public static void Softmax(Span<double> scores)
    {
        double largest = scores[0], sum = 0;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            sum += scores[i] = Math.Exp(scores[i] - largest);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= sum;
        }
    }

    /// <summary>Probability 1 for the one class present.</summary>
    public ClassProbabilities OnlyClass(int rowCount) => Expand([.. Enumerable.Repeat(1.0, rowCount)], rowCount);

    /// <summary>Puts the probabilities of the classes present [N×P] into rows of all classes [N×C].</summary>
    public ClassProbabilities Expand(double[] probabilities, int rowCount) => new(ExpandRows(probabilities, rowCount), ClassCount);

    /// <summary>The same, as an array.</summary>
    public double[] ExpandRows(double[] probabilities, int rowCount)
    {
        if (Present.Length == ClassCount)
        {
            return probabilities;
        }

        var all = new double[checked(rowCount * ClassCount)];
        for (int i = 0; i < rowCount; i++)
        {
            for (int p = 0; p < Present.Length; p++)
            {
                all[(i * ClassCount) + Present[p]] = probabilities[(i * Present.Length) + p];
            }
        }

        return all;
    }
}
