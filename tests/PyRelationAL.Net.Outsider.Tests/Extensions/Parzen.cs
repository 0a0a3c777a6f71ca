using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace Outsider.Extensions;

/// <summary>
/// A classifier that lets every labelled item vote with weight exp(−d²). Its posterior samples are bootstraps of the labelled items; its embedding is
/// the first two features.
/// </summary>
internal sealed class Parzen : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler, IEmbedder
{
    private DatasetView? _labelled;

    public bool IsTrained => _labelled is not null;

    public int SampleCount => 8;

    public bool Consistent => true;

    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) =>
        _labelled = labelled;

    public void Reset() => _labelled = null;

    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        DatasetView labelled = Labelled();
        return new ClassProbabilities(Votes(items, labelled, [.. Enumerable.Range(0, labelled.Count)]), items.Task.ClassCount);
    }

    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        DatasetView labelled = Labelled();
        var values = new List<double>();
        for (int m = 0; m < SampleCount; m++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RandomStream draw = random.Child(m);
            values.AddRange(Votes(items, labelled, [.. Enumerable.Range(0, labelled.Count).Select(_ => draw.NextInt32(labelled.Count))]));
        }

        return new PosteriorClassSamples([.. values], SampleCount, items.Task.ClassCount);
    }

    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        FeatureMatrix.FromRows([.. Enumerable.Range(0, items.Count).Select(i => items.Features.Row(i)[..2].ToArray())]);

    private static double[] Votes(DatasetView items, DatasetView labelled, int[] voters)
    {
        int[] classes = labelled.ClassLabels();
        int c = items.Task.ClassCount;
        var votes = new double[items.Count * c];
        for (int i = 0; i < items.Count; i++)
        {
            Span<double> row = votes.AsSpan(i * c, c);
            row.Fill(1e-3);
            foreach (int voter in voters)
            {
                double squared = 0;
                for (int j = 0; j < items.Features.ColumnCount; j++)
                {
                    squared += Math.Pow(items.Features.Row(i)[j] - labelled.Features.Row(voter)[j], 2);
                }

                row[classes[voter]] += Math.Exp(-squared);
            }

            double sum = 0;
            foreach (double vote in row)
            {
                sum += vote;
            }

            for (int k = 0; k < c; k++)
            {
                row[k] /= sum;
            }
        }

        return votes;
    }

    private DatasetView Labelled() => _labelled ?? throw new InvalidOperationException("Parzen is not trained.");
}
