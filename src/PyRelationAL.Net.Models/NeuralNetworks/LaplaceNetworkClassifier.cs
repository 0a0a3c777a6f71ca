using System.Numerics.Tensors;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A classifying network whose last layer gets a Gaussian posterior around the trained weights, by Laplace's approximation (MacKay, Neural Computation 1992;
/// Kristiadi, Hein and Hennig, ICML 2020; Daxberger et al., "Laplace Redux", NeurIPS 2021). See <see cref="NeuralNetworkClassifier"/> for the network.
/// </summary>
/// <remarks>
/// <para>
/// With embeddings h [D] and a 1 behind them, the posterior's precision is δI + Σ Λₙ ⊗ hₙhₙᵀ, with Λ = diag p − ppᵀ at the network's own probabilities (the
/// generalised Gauss–Newton matrix), over the directions that change a probability, (C−1)(D+1) of them. Up to 256 of these the matrix is used as it is;
/// beyond, as the Kronecker product of the mean of Λₙ and Σ hₙhₙᵀ. Unless it is given, the prior's precision δ is the inverse of the trained weights' mean
/// square
/// in these directions: the marginal likelihood's, which regression uses, is far too small for networks that were trained until they separate the classes.
/// Class
/// weights shape the network only: each labelled item counts once in the posterior.
/// </para>
/// <para>
/// Probabilities are the softmax averaged over the posterior, by the mean-field approximation of Lu, Ie and Sha (2020): nothing is drawn. They lie closer to
/// 1/C
/// than the network's own the farther an item is from the labelled ones. <see cref="Head"/> is the posterior's mean, the trained layer.
/// </para>
/// <para>
/// The posterior costs O(N·D² + D³) where it is factored, O(P²·N + P³) for P ≤ 256 where not. Equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class LaplaceNetworkClassifier : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler, ILinearHead
{
    private const int BlockRows = 256;

    private readonly LaplaceNetworkOptions _options;
    private readonly SingleNetwork _network;
    private LogitPosterior? _posterior;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public LaplaceNetworkClassifier()
        : this(new LaplaceNetworkOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">A noise level is given, which only regressors have.</exception>
    public LaplaceNetworkClassifier(LaplaceNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        if (options.NoiseDeviation is not null)
        {
            throw new ArgumentException($"{nameof(options.NoiseDeviation)} is for regression; classes have no noise level.", nameof(options));
        }

        _network = new SingleNetwork(this, _options.Network);
    }

    /// <inheritdoc/>
    public bool IsTrained => _posterior is not null;

    /// <summary>The number of draws S.</summary>
    public int SampleCount => _options.SampleCount;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <summary>δ, the precision of the prior that the model predicts with; null while untrained.</summary>
    public double? PriorPrecision => _posterior?.PriorPrecision;

    /// <inheritdoc/>
    public LinearHead Head => _network.Head;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, nothing is labelled, or the class weights do not fit the task.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        _network.Train(
            labelled, random, TaskKinds.Classification, () => NetworkProblem.Classification(_network.Options, labelled, validation), cancellationToken);
        try
        {
            _posterior = FitPosterior(labelled, cancellationToken);
        }
        catch
        {
            Reset();
            throw;
        }
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        LogitPosterior posterior = ModelGuard.Trained(this, _posterior);
        FeatureMatrix embeddings = Embed(items, cancellationToken);
        LinearHead head = Head;
        int classes = head.OutputCount, width = embeddings.ColumnCount + 1;
        double[] logits = head.Apply(embeddings), values = new double[logits.Length];
        Blocks.ForEach(
            items.Count,
            _network.Options.MaxDegreeOfParallelism,
            cancellationToken,
            (start, count) =>
            {
                double[] rows = WithOne(embeddings, start, count), covariance = new double[classes * classes];
                for (int r = 0; r < count; r++)
                {
                    posterior.LogitCovariance(rows.AsSpan(r * width, width), covariance);
                    int at = (start + r) * classes;
                    MeanFieldSoftmax.Average(logits.AsSpan(at, classes), covariance, values.AsSpan(at, classes));
                }
            },
            BlockRows);
        return new ClassProbabilities(values, classes);
    }

    /// <summary>Probabilities [S×N×C] under S draws of the last layer's weights; draw m comes from child m of the stream.</summary>
    /// <inheritdoc/>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        LogitPosterior posterior = ModelGuard.Trained(this, _posterior);
        ArgumentNullException.ThrowIfNull(random);
        FeatureMatrix embeddings = Embed(items, cancellationToken);
        int classes = Head.OutputCount, width = embeddings.ColumnCount + 1, count = items.Count;
        double[] weights = HeadWithBiases(), rows = WithOne(embeddings, 0, count), values = new double[checked(SampleCount * count * classes)];
        Blocks.ForEach(
            SampleCount,
            _network.Options.MaxDegreeOfParallelism,
            cancellationToken,
            (m, _) =>
            {
                double[] draw = new double[weights.Length], logits = new double[classes];
                posterior.Draw(random.Child(m), draw);
                TensorPrimitives.Add(draw, weights, draw);
                for (int n = 0; n < count; n++)
                {
                    for (int c = 0; c < classes; c++)
                    {
                        logits[c] = TensorPrimitives.Dot<double>(rows.AsSpan(n * width, width), draw.AsSpan(c * width, width));
                    }

                    Softmax(logits, values.AsSpan(((m * count) + n) * classes, classes));
                }
            },
            blockRows: 1);
        return new PosteriorClassSamples(values, SampleCount, classes);
    }

    /// <summary>The activations of the last hidden layer [N×D]; the scaled features where there is no hidden layer.</summary>
    /// <inheritdoc/>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        _network.Embed(items, _network.Options.MaxDegreeOfParallelism, cancellationToken);

    /// <summary>Saves what was learned: parameters, scales and posterior, not the settings.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    public void Save(Stream destination)
    {
        LogitPosterior posterior = ModelGuard.Trained(this, _posterior);
        _network.Save(destination);
        SavedNumbers.Write(destination, posterior.Write);
    }

    /// <summary>Replaces what was learned by what was saved. The settings must describe the same layers as those of the model that was saved.</summary>
    /// <param name="source">Where from; stays open, just behind what was read.</param>
    /// <exception cref="InvalidDataException">The stream holds no model of this kind and shape; the model is then untrained.</exception>
    public void Load(Stream source)
    {
        Reset();
        _network.Load(source);
        try
        {
            _posterior = SavedNumbers.Read(source, reader => LogitPosterior.Read(reader, Head.OutputCount, Head.EmbeddingWidth + 1));
        }
        catch (InvalidDataException)
        {
            Reset();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _posterior = null;
        _network.Reset();
    }

    private static double[] WithOne(FeatureMatrix embeddings, int start, int count)
    {
        int width = embeddings.ColumnCount + 1;
        var rows = new double[checked(count * width)];
        for (int r = 0; r < count; r++)
        {
            TensorPrimitives.ConvertTruncating(embeddings.Row(start + r), rows.AsSpan(r * width, width - 1));
            rows[(r * width) + width - 1] = 1;
        }

        return rows;
    }

    private static void Softmax(ReadOnlySpan<double> logits, Span<double> probabilities)
    {
        double largest = TensorPrimitives.Max(logits), sum = 0;
        for (int c = 0; c < logits.Length; c++)
        {
            probabilities[c] = Math.Exp(logits[c] - largest);
            sum += probabilities[c];
        }

        TensorPrimitives.Divide(probabilities, sum, probabilities);
    }

    private LogitPosterior FitPosterior(DatasetView labelled, CancellationToken cancellationToken)
    {
        int classes = Head.OutputCount;
        FeatureMatrix embeddings = Embed(labelled, cancellationToken);
        double[] logits = Head.Apply(embeddings), probabilities = new double[logits.Length];
        for (int start = 0; start < logits.Length; start += classes)
        {
            Softmax(logits.AsSpan(start, classes), probabilities.AsSpan(start, classes));
        }

        double[] rows = WithOne(embeddings, 0, embeddings.RowCount);
        return LogitPosterior.Fit(rows, probabilities, HeadWithBiases(), classes, _options.PriorPrecision, cancellationToken);
    }

    private double[] HeadWithBiases()
    {
        LinearHead head = Head;
        int width = head.EmbeddingWidth + 1;
        var weights = new double[head.OutputCount * width];
        for (int c = 0; c < head.OutputCount; c++)
        {
            head.Weights.Slice(c * head.EmbeddingWidth, head.EmbeddingWidth).CopyTo(weights.AsSpan(c * width));
            weights[(c * width) + width - 1] = head.Biases[c];
        }

        return weights;
    }
}
