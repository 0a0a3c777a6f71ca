using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>A trained model with nothing but the predictions that it is given, which may be wrong.</summary>
internal sealed class ScriptedModel :
    ILogitPredictor, IPosteriorClassSampler, IGaussianPredictor, IJointGaussianPredictor, IValuePredictor, ILinearHead, IInputGradients, IParameterGradients,
    IParameterPerturbation, ITrainingHooks
{
    public Func<DatasetView, ClassProbabilities> Probabilities { get; init; } = _ => throw new NotSupportedException();

    public Func<DatasetView, PosteriorClassSamples> Samples { get; init; } = _ => throw new NotSupportedException();

    public Func<DatasetView, GaussianPredictions> Gaussian { get; init; } = _ => throw new NotSupportedException();

    public Func<DatasetView, JointGaussianPredictions> Joint { get; init; } = _ => throw new NotSupportedException();

    public Func<DatasetView, FeatureMatrix> Embeddings { get; init; } = _ => throw new NotSupportedException();

    public int SampleCount { get; init; } = 2;

    public bool Consistent => true;

    /// <summary>Saturated: the outputs do not depend on the inputs, nor on the parameters.</summary>
    public LinearHead Head => new(new double[OutputCount * 2], new double[OutputCount]);

    public int InputWidth => 3;

    public int OutputCount { get; init; } = 3;

    /// <summary>Every output of the function, and of the auxiliary head.</summary>
    public double Output { get; init; }

    public ParameterLayout Parameters => new([new("weights", 0, 4, true)]);

    public ITrainingHook? TrainingHook { get; set; }

    /// <summary>A model with the same predictions for every item: the row for each member of a committee of two, or mean and deviation.</summary>
    public static ScriptedModel Constant(double[] first, double[]? second = null, double mean = 0, double deviation = 1) => new()
    {
        Probabilities = items => new ClassProbabilities(Repeat(first, items.Count), items.Task.ClassCount),
        Samples = items => new PosteriorClassSamples([.. Repeat(first, items.Count), .. Repeat(second ?? first, items.Count)], 2, items.Task.ClassCount),
        Gaussian = items => new GaussianPredictions(Repeat([mean], items.Count), Repeat([deviation], items.Count)),
        Joint = items => new JointGaussianPredictions(Repeat([mean], items.Count), Repeat([deviation * deviation], items.Count * items.Count)),
        Embeddings = items => new FeatureMatrix(new float[items.Count * 2], items.Count, 2),
    };

    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) => Probabilities(items);

    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) => Samples(items);

    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default) => Gaussian(items);

    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default) => Joint(items);

    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) => Embeddings(items);

    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default) => Gaussian(items).Mean.ToArray();

    public ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default)
    {
        ClassProbabilities p = Probabilities(items);
        return new ClassLogits(Array.ConvertAll(p.Values.ToArray(), v => Math.Log(Math.Max(v, 1e-300))), p.ClassCount);
    }

    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) =>
        Repeat([Output], inputs.RowCount * OutputCount);

    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        new(new float[inputs.RowCount * inputs.ColumnCount], inputs.RowCount, inputs.ColumnCount);

    public float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) => new float[4];

    public FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        new(new float[items.Count * 4], items.Count, 4);

    public float[] CopyParameters() => new float[4];

    public double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken = default) =>
        Repeat([Output], items.Count * OutputCount);

    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default)
    {
        int width = TrainingHook?.AuxiliaryHead?.OutputCount ?? 1;
        return new FeatureMatrix(Array.ConvertAll(Repeat([Output], items.Count * width), v => (float)v), items.Count, width);
    }

    private static double[] Repeat(double[] row, int count) => [.. Enumerable.Range(0, count).SelectMany(_ => row)];
}
