using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>
/// A linear layer on the features, f(x) = W x + b, that can do all that a network can, in closed form. W and b are a function of what it drew when it was
/// trained.
/// </summary>
internal abstract class FakeLinearNetwork : FakeModel, ILinearHead, IInputGradients, IParameterGradients, IParameterPerturbation, ITrainingHooks
{
    // Untrained fakes predict too, so the shape is that of the items last seen.
    private (int Outputs, int Inputs) _shape = (3, 3);

    public ITrainingHook? TrainingHook { get; set; }

    /// <summary>The layer, where a test wants a certain one.</summary>
    public LinearHead? Given { get; init; }

    public int InputWidth => Head.EmbeddingWidth;

    public int OutputCount => Head.OutputCount;

    public LinearHead Head => Given ?? new(
        Enumerable.Range(0, _shape.Outputs * _shape.Inputs).Select(i => Math.Sin(1 + (2.3 * i) + (5 * Draw))).ToArray(),
        Enumerable.Range(0, _shape.Outputs).Select(k => 0.1 * Math.Cos(k + Draw)).ToArray());

    public ParameterLayout Parameters => new(
        [new("weights", 0, OutputCount * InputWidth, true), new("biases", OutputCount * InputWidth, OutputCount, false)]);

    public override void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        base.Train(labelled, validation, random, cancellationToken);
        See(labelled);
        var unlabelled = UnlabelledBatches.Begin(TrainingHook, labelled, random);
        for (int epoch = 0; TrainingHook is { } hook && epoch < 3; epoch++)
        {
            if (hook.AuxiliaryHead is { } head)
            {
                int[] rows = [.. Enumerable.Range(0, labelled.Count)];
                double[] losses = [.. rows.Select(r => 0.1 + (0.05 * r))];
                float[] predictions = [.. Enumerable.Range(0, labelled.Count * head.OutputCount).Select(i => 0.1f * (i % 7))];
                hook.AuxiliaryLoss(
                    new AuxiliaryBatch { Epoch = epoch, Rows = rows, Losses = losses, Outputs = predictions, OutputCount = head.OutputCount },
                    new float[predictions.Length]);
            }

            if (unlabelled is not null)
            {
                // The features are the embeddings, and nothing learns from the gradient.
                int[] rows = [.. Enumerable.Range(0, labelled.Count)];
                float[] embeddings = [.. labelled.Features.Values.ToArray(), .. unlabelled.Features.SelectRows(unlabelled.Draw()).Values.ToArray()];
                unlabelled.Evaluate(epoch, rows, embeddings, new float[embeddings.Length]);
            }

            hook.OnEpoch(new TrainingEpoch(epoch, labelled, hook.NeedsEpochOutputs ? EpochOutputs(labelled) : []));
        }
    }

    public override FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default)
    {
        base.Embed(items, cancellationToken);
        return See(items).Features;
    }

    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) => Head.Apply(inputs);

    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default)
    {
        var gradients = new float[inputs.RowCount * InputWidth];
        for (int i = 0; i < gradients.Length; i++)
        {
            int row = i / InputWidth, j = i % InputWidth;
            gradients[i] = (float)Enumerable.Range(0, OutputCount)
                .Sum(k => outputWeights.Span[(row * OutputCount) + k] * Head.Weights[(k * InputWidth) + j]);
        }

        return new FeatureMatrix(gradients, inputs.RowCount, InputWidth);
    }

    public float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default)
    {
        FeatureMatrix each = PerSampleGradients(See(items), outputWeights, cancellationToken);
        return [.. Enumerable.Range(0, each.ColumnCount).Select(p => Enumerable.Range(0, each.RowCount).Sum(i => each.Row(i)[p]))];
    }

    public FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default)
    {
        var rows = new List<float>();
        for (int i = 0; i < items.Count; i++)
        {
            for (int p = 0; p < Parameters.Count; p++)
            {
                bool isWeight = p < OutputCount * InputWidth;
                int k = isWeight ? p / InputWidth : p - (OutputCount * InputWidth);
                rows.Add((float)outputWeights.Span[(i * OutputCount) + k] * (isWeight ? items.Features.Row(i)[p % InputWidth] : 1));
            }
        }

        return new FeatureMatrix(rows.ToArray(), items.Count, Parameters.Count);
    }

    public float[] CopyParameters() => [.. Head.Weights.ToArray().Concat(Head.Biases.ToArray()).Select(v => (float)v)];

    public double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken = default)
    {
        See(items);
        double[] all = Array.ConvertAll(parameters.ToArray(), v => (double)v);
        return new LinearHead(all.AsMemory(0, OutputCount * InputWidth), all.AsMemory(OutputCount * InputWidth)).Apply(items.Features);
    }

    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default)
    {
        int width = TrainingHook?.AuxiliaryHead?.OutputCount ?? throw new InvalidOperationException("no auxiliary head");
        return new FeatureMatrix(
            Enumerable.Range(0, items.Count * width).Select(i => (float)Signal(items, i / width, 40 + (i % width))).ToArray(), items.Count, width);
    }

    protected abstract double[] EpochOutputs(DatasetView items);

    protected DatasetView See(DatasetView items)
    {
        _shape = (Math.Max(1, items.Task.ClassCount), items.Dataset.FeatureCount);
        return items;
    }
}

/// <summary>The classifier; its posterior samples are what a committee would give.</summary>
internal sealed class FakeNetwork : FakeLinearNetwork, ILogitPredictor, IPosteriorClassSampler
{
    public int SampleCount => 4;

    public bool Consistent => true;

    public ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        See(items);
        return new ClassLogits(Head.Apply(items.Features), OutputCount);
    }

    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) => PredictLogits(items).Softmax();

    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) => new(
        [.. Enumerable.Range(0, SampleCount).SelectMany(m => Enumerable.Range(0, items.Count).SelectMany(i => Softmax(items, i, m)))],
        SampleCount,
        items.Task.ClassCount);

    protected override double[] EpochOutputs(DatasetView items) => PredictProbabilities(items).Values.ToArray();
}

/// <summary>The regressor.</summary>
internal sealed class FakeValueNetwork : FakeLinearNetwork, IValuePredictor, IGaussianPredictor, IJointGaussianPredictor
{
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default)
    {
        PredictCalls++;
        See(items);
        return Head.Apply(items.Features);
    }

    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default) =>
        new(PredictValues(items), Enumerable.Range(0, items.Count).Select(i => 0.1 + Math.Abs(Signal(items, i, 1))).ToArray());

    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        var covariance = new double[items.Count * items.Count];
        for (int c = 0; c < covariance.Length; c++)
        {
            double d = Signal(items, c / items.Count, 2) - Signal(items, c % items.Count, 2);
            covariance[c] = Math.Exp(-d * d);
        }

        return new JointGaussianPredictions(PredictValues(items), covariance);
    }

    protected override double[] EpochOutputs(DatasetView items) => PredictValues(items);
}
