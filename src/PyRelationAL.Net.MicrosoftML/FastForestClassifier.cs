using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>
/// ML.NET's FastForest for classification (Breiman, "Random forests", Machine Learning 2001), each tree a posterior sample: the share of a class among the
/// labelled items of the leaf. Class probabilities are the mean over the trees.
/// </summary>
/// <remarks>
/// <para>
/// A binary tree is fitted to +1 for class 1 and −1 for class 0, and v, the mean in a leaf, means p = (1 + v)/2. This is not ML.NET's own output, which has no
/// probability without a calibrator. With more classes present there is one forest for each, that class against the others, and sample m is the m-th tree of
/// each, divided by their sum (by 1/C each where all are 0).
/// </para>
/// <para>
/// Classes that no labelled item has get probability 0; with one class present nothing is fitted, and every item gets it with probability 1. ML.NET drops a
/// tree that finds no split; here it predicts the share of the class among all labelled items. Fits of different forests wait for each other: ML.NET has a
/// lock. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class FastForestClassifier : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    private readonly Func<FastForestBinaryTrainer.Options> _options;
    private TrainedClasses? _trained;
    private Forest[] _forests = [];

    /// <summary>Creates an untrained forest.</summary>
    /// <param name="options">
    /// Makes new settings for a training. Seeds and column names are set here. By default ML.NET's, but one item is enough for a leaf: with ten, the default of
    /// ML.NET, no tree could split until twenty items are labelled.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of trees is below 1.</exception>
    public FastForestClassifier(Func<FastForestBinaryTrainer.Options>? options = null)
    {
        _options = options ?? (() => new FastForestBinaryTrainer.Options { MinimumExampleCountPerLeaf = 1 });
        SampleCount = Guard.Positive(_options().NumberOfTrees);
    }

    /// <inheritdoc/>
    public bool IsTrained => _trained is not null;

    /// <summary>The number of trees S.</summary>
    public int SampleCount { get; }

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">ML.NET could not fit the forest.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        var trained = TrainedClasses.Of(labelled);
        int[] labels = labelled.ClassLabels();
        int[] positives = trained.Present.Length switch { 1 => [], 2 => [trained.Present[1]], _ => trained.Present };
        _forests = [.. positives.Select(c => Train(labelled.Features, labels, c, random.Child(c), cancellationToken))];
        _trained = trained;
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken).Mean();

    /// <summary>The trees' probabilities [S×N×C]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The forest is not trained.</exception>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken);

    /// <inheritdoc/>
    public void Reset()
    {
        _trained = null;
        _forests = [];
    }

    private PosteriorClassSamples Samples(DatasetView items, CancellationToken cancellationToken)
    {
        TrainedClasses trained = ModelGuard.Trained(this, _trained);
        ModelGuard.Predictable(this, items, trained.FeatureCount);
        cancellationToken.ThrowIfCancellationRequested();
        int rows = checked(SampleCount * items.Count), width = trained.Present.Length;
        double[][] shares = [.. _forests.Select(f => TreeWalk.Predict(f.Trees, SampleCount, f.Constant, items.Features, cancellationToken))];
        var probabilities = new double[checked(rows * width)];
        for (int i = 0; i < rows; i++)
        {
            Write(shares, i, probabilities.AsSpan(i * width, width));
        }

        return new PosteriorClassSamples(trained.ExpandRows(probabilities, rows), SampleCount, trained.ClassCount);
    }

    private static void Write(double[][] values, int row, Span<double> probabilities)
    {
        if (values.Length < 2)
        {
            probabilities[^1] = values.Length == 0 ? 1 : Share(values[0][row]);
            probabilities[0] = values.Length == 0 ? 1 : 1 - probabilities[1];
            return;
        }

        double sum = 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            sum += probabilities[c] = Share(values[c][row]);
        }

        for (int c = 0; c < probabilities.Length; c++)
        {
            probabilities[c] = sum > 0 ? probabilities[c] / sum : 1.0 / probabilities.Length;
        }
    }

    /// <summary>Smoothing and weights may leave a leaf's mean outside of [−1, 1] by a rounding.</summary>
    private static double Share(double value) => Math.Clamp((1 + value) / 2, 0, 1);

    private Forest Train(FeatureMatrix features, int[] labels, int positive, RandomStream random, CancellationToken cancellationToken)
    {
        int[] binary = Array.ConvertAll(labels, c => c == positive ? 1 : 0);
        DatasetView view = DatasetView.All(InMemoryDataset.ForClassification("one against the others", features, binary, 2));
        var pipeline = new MLPipeline(this, CreateForest, new MLModelOptions(), LabelEncoding.Boolean);
        pipeline.Fit(view, [0, 1], random, cancellationToken);
        var model = ((ISingleFeaturePredictionTransformer<FastForestBinaryModelParameters>)pipeline.Transformer).Model;
        var forest = new Forest(TreeWalk.Of(model.TrainedTreeEnsemble), (2.0 * binary.Sum() / binary.Length) - 1);
        pipeline.Reset();
        return forest;
    }

    private FastForestBinaryTrainer CreateForest(MLContext context, int seed)
    {
        FastForestBinaryTrainer.Options options = _options();
        FastForestSeeds.Set(options, seed);
        return context.BinaryClassification.Trainers.FastForest(options);
    }

    private sealed record Forest(TreeWalk[] Trees, double Constant);
}
