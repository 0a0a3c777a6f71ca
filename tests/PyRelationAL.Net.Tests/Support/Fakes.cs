using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>A model whose predictions are a fixed function of the features and of what it drew when it was trained.</summary>
internal abstract class FakeModel : IModelManager, IEmbedder
{
    private double _phase;

    public bool IsTrained { get; private set; }

    public int TrainCalls { get; private set; }

    public int PredictCalls { get; protected set; }

    public int EmbedCalls { get; private set; }

    /// <summary>The first draw of the stream that the last training was given.</summary>
    public double Draw { get; private set; }

    public int[] TrainedOn { get; private set; } = [];

    /// <summary>Called in the middle of each training.</summary>
    public Action<DatasetView>? WhileTraining { get; set; }

    public virtual void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        TrainCalls++;
        WhileTraining?.Invoke(labelled);
        cancellationToken.ThrowIfCancellationRequested();
        TrainedOn = labelled.Indices.ToArray();
        Draw = random.NextDouble();
        _phase = Draw + (0.01 * labelled.Count);
        IsTrained = true;
    }

    public void Reset()
    {
        IsTrained = false;
        _phase = 0;
    }

    public virtual FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default)
    {
        EmbedCalls++;
        return new FeatureMatrix(
            Enumerable.Range(0, items.Count).SelectMany(i => new[] { (float)Signal(items, i, 20), (float)Signal(items, i, 21) }).ToArray(), items.Count, 2);
    }

    protected double Signal(DatasetView items, int row, int channel)
    {
        ReadOnlySpan<float> x = items.Features.Row(row);
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += x[j] * Math.Sin(1 + (3.1 * channel) + (7.3 * j) + _phase);
        }

        return sum;
    }

    /// <summary>Class probabilities of one row under one member.</summary>
    protected double[] Softmax(DatasetView items, int row, int member)
    {
        double[] e = [.. Enumerable.Range(0, items.Task.ClassCount).Select(c => Math.Exp(Signal(items, row, c + (30 * member))))];
        double sum = e.Sum();
        return Array.ConvertAll(e, v => v / sum);
    }
}

internal sealed class FakeClassifier : FakeModel, IClassProbabilityPredictor
{
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        return new ClassProbabilities([.. Enumerable.Range(0, items.Count).SelectMany(i => Softmax(items, i, 0))], items.Task.ClassCount);
    }
}

internal sealed class FakeCommittee(int sampleCount = 4, bool consistent = true) : FakeModel, IPosteriorClassSampler
{
    public int SampleCount => sampleCount;

    public bool Consistent => consistent;

    /// <summary>The first bits of the stream that each call was given.</summary>
    public List<ulong> Streams { get; } = [];

    public List<int> BlockSizes { get; } = [];

    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        Streams.Add(random.NextUInt64());
        BlockSizes.Add(items.Count);
        return new PosteriorClassSamples(
            [.. Enumerable.Range(0, SampleCount).SelectMany(m => Enumerable.Range(0, items.Count).SelectMany(i => Softmax(items, i, m)))],
            SampleCount,
            items.Task.ClassCount);
    }
}

internal sealed class FakeGaussian : FakeModel, IGaussianPredictor, IJointGaussianPredictor
{
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        return new GaussianPredictions(Mean(items), Enumerable.Range(0, items.Count).Select(i => 0.1 + Math.Abs(Signal(items, i, 1))).ToArray());
    }

    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        var covariance = new double[items.Count * items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            for (int j = 0; j < items.Count; j++)
            {
                double d = Signal(items, i, 2) - Signal(items, j, 2);
                covariance[(i * items.Count) + j] = Math.Exp(-d * d);
            }
        }

        return new JointGaussianPredictions(Mean(items), covariance);
    }

    private double[] Mean(DatasetView items) => [.. Enumerable.Range(0, items.Count).Select(i => Signal(items, i, 0))];
}

internal sealed class FakeValueCommittee(int sampleCount = 5, bool consistent = true) : FakeModel, IPosteriorValueSampler
{
    public int SampleCount => sampleCount;

    public bool Consistent => consistent;

    public List<ulong> Streams { get; } = [];

    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        Streams.Add(random.NextUInt64());
        return new PosteriorValueSamples(
            Enumerable.Range(0, SampleCount).SelectMany(m => Enumerable.Range(0, items.Count).Select(i => Signal(items, i, m))).ToArray(), SampleCount);
    }
}
