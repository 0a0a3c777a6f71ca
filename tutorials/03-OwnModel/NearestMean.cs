using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tutorials;

/// <summary>
/// A model of one's own: each class is the mean of its labelled items, and the probability of a class is the softmax of minus half the squared distance to its
/// mean. Two interfaces make it fit for every strategy that needs class probabilities; the metrics come with them.
/// </summary>
internal sealed class NearestMean : IModelManager, IClassProbabilityPredictor
{
    private double[]?[]? _means;

    public bool IsTrained => _means is not null;

    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        int[] classes = labelled.ClassLabels();
        _means =
        [
            .. Enumerable.Range(0, labelled.Task.ClassCount).Select(c =>
            {
                int[] rows = [.. Enumerable.Range(0, labelled.Count).Where(i => classes[i] == c)];
                return rows.Length == 0 ? null : MeanOf(labelled.Features, rows);
            }),
        ];
    }

    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[]?[] means = _means ?? throw new InvalidOperationException($"{nameof(NearestMean)} is not trained.");
        var probabilities = new List<double>(items.Count * means.Length);
        for (int i = 0; i < items.Count; i++)
        {
            // A class that no labelled item has is infinitely far away, and so gets probability 0.
            double[] energies = [.. means.Select(mean => mean is null ? double.PositiveInfinity : 0.5 * SquaredDistance(items.Features.Row(i), mean))];
            double nearest = energies.Min();
            double[] weights = Array.ConvertAll(energies, e => Math.Exp(nearest - e));
            probabilities.AddRange(weights.Select(w => w / weights.Sum()));
        }

        return new ClassProbabilities([.. probabilities], means.Length);
    }

    public void Reset() => _means = null;

    private static double[] MeanOf(FeatureMatrix features, int[] rows) =>
        [.. Enumerable.Range(0, features.ColumnCount).Select(j => rows.Average(i => (double)features.Row(i)[j]))];

    private static double SquaredDistance(ReadOnlySpan<float> x, double[] mean)
    {
        double sum = 0;
        for (int j = 0; j < mean.Length; j++)
        {
            sum += (x[j] - mean[j]) * (x[j] - mean[j]);
        }

        return sum;
    }
}
