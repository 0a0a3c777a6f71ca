using System.Numerics.Tensors;
using PyRelationAL.Models.Linear;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A regression network whose last layer gets a Gaussian posterior around the trained weights, by Laplace's approximation, which is exact for a linear layer
/// with
/// Gaussian noise (MacKay, Neural Computation 1992; Daxberger et al., "Laplace Redux", NeurIPS 2021). See <see cref="NeuralNetworkRegressor"/> for the network.
/// </summary>
/// <remarks>
/// <para>
/// The mean is the network's own prediction. Its covariance, and the precisions of prior and noise where they are not given, are those of
/// <see cref="BayesianLinearRegression"/> on the embeddings: Σ = (αI + β HᵀH)⁻¹ for centred embeddings H, and 1/(βN) for the intercept, whose prior is flat.
/// All of it is without observation noise and in the targets' units.
/// </para>
/// <para>
/// The posterior costs O(N·D·min(N, D)), prediction O(D·min(N, D)) for each row beside the network's. Sample m is one draw of the weights, the same for every
/// item. Equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class LaplaceNetworkRegressor
    : IModelManager, IGaussianPredictor, IJointGaussianPredictor, IPosteriorValueSampler, IValuePredictor, ILinearHead
{
    private const int MaximumIterations = 300;
    private const double Tolerance = 1e-6;

    private readonly LaplaceNetworkOptions _options;
    private readonly SingleNetwork _network;
    private Fit? _fit;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public LaplaceNetworkRegressor()
        : this(new LaplaceNetworkOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LaplaceNetworkRegressor(LaplaceNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        _network = new SingleNetwork(this, _options.Network);
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <summary>The number of draws S.</summary>
    public int SampleCount => _options.SampleCount;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <summary>α, the precision of the prior that the model predicts with (see <see cref="LaplaceNetworkOptions.PriorPrecision"/>); null while
    /// untrained.</summary>
    public double? PriorPrecision => _fit?.PriorPrecision;

    /// <summary>β^−½, the standard deviation of the observation noise, in the targets' units; null while untrained.</summary>
    public double? NoiseDeviation => _fit?.NoiseDeviation;

    /// <inheritdoc/>
    public LinearHead Head => _network.Head;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        _network.Train(
            labelled,
            random,
            TaskKinds.Regression,
            () => NetworkProblem.Regression(_network.Options, labelled, validation, withVariance: false),
            cancellationToken);
        try
        {
            _fit = FitPosterior(labelled, cancellationToken);
        }
        catch
        {
            Reset();
            throw;
        }
    }

    /// <inheritdoc/>
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default)
    {
        TrainedNetwork network = _network.FitFor(items);
        var values = new double[items.Count];
        network.WriteValues(items, PassMode.Prediction, null, _network.Options.MaxDegreeOfParallelism, cancellationToken, values);
        return values;
    }

    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[] mean = PredictValues(items, cancellationToken), deviation = new double[mean.Length];
        FeatureMatrix embeddings = Embed(items, cancellationToken);
        (WeightPosterior posterior, double unit) = (_fit!.Posterior, _network.Fit!.TargetScale.Deviation);
        double[] x = new double[embeddings.ColumnCount], root = new double[embeddings.ColumnCount];
        for (int i = 0; i < mean.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(embeddings.Row(i), x);
            posterior.ApplyRoot(x, root);
            deviation[i] = unit * Math.Sqrt(posterior.InterceptVariance + TensorPrimitives.SumOfSquares<double>(root));
        }

        return new GaussianPredictions(mean, deviation);
    }

    /// <inheritdoc/>
    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        double[] mean = PredictValues(items, cancellationToken);
        FeatureMatrix embeddings = Embed(items, cancellationToken);
        (WeightPosterior posterior, double unit) = (_fit!.Posterior, _network.Fit!.TargetScale.Deviation);
        int count = mean.Length, width = embeddings.ColumnCount;
        double[] covariance = new double[checked(count * count)], x = new double[width], roots = new double[checked(count * width)];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(embeddings.Row(i), x);
            posterior.ApplyRoot(x, roots.AsSpan(i * width, width));
            for (int j = 0; j <= i; j++)
            {
                double dot = TensorPrimitives.Dot<double>(roots.AsSpan(i * width, width), roots.AsSpan(j * width, width));
                double value = unit * unit * (posterior.InterceptVariance + dot);
                covariance[(i * count) + j] = value;
                covariance[(j * count) + i] = value;
            }
        }

        return new JointGaussianPredictions(mean, covariance);
    }

    /// <summary>Values [S×N] under S draws of the last layer's weights; draw m comes from child m of the stream.</summary>
    /// <inheritdoc/>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        double[] mean = PredictValues(items, cancellationToken);
        ArgumentNullException.ThrowIfNull(random);
        FeatureMatrix embeddings = Embed(items, cancellationToken);
        (WeightPosterior posterior, double unit) = (_fit!.Posterior, _network.Fit!.TargetScale.Deviation);
        int width = embeddings.ColumnCount, samples = SampleCount;
        double[] intercepts = new double[samples], weights = new double[checked(samples * width)], z = new double[width], x = new double[width];
        for (int m = 0; m < samples; m++)
        {
            RandomStream stream = random.Child(m);
            intercepts[m] = Math.Sqrt(posterior.InterceptVariance) * stream.NextGaussian();
            for (int j = 0; j < width; j++)
            {
                z[j] = stream.NextGaussian();
            }

            posterior.ApplyRoot(z, weights.AsSpan(m * width, width));
        }

        var values = new double[checked(samples * mean.Length)];
        for (int i = 0; i < mean.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(embeddings.Row(i), x);
            for (int m = 0; m < samples; m++)
            {
                double deviation = intercepts[m] + TensorPrimitives.Dot<double>(x, weights.AsSpan(m * width, width));
                values[(m * mean.Length) + i] = mean[i] + (unit * deviation);
            }
        }

        return new PosteriorValueSamples(values, samples);
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
        Fit fit = ModelGuard.Trained(this, _fit);
        _network.Save(destination);
        SavedNumbers.Write(destination, writer =>
        {
            SavedNumbers.Write(writer, [fit.PriorPrecision, fit.NoiseDeviation]);
            fit.Posterior.Write(writer);
        });
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
            _fit = SavedNumbers.Read(source, reader =>
            {
                double[] precisions = SavedNumbers.Read(reader, 2);
                return new Fit(WeightPosterior.Read(reader, Head.EmbeddingWidth), precisions[0], precisions[1]);
            });
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
        _fit = null;
        _network.Reset();
    }

    private Fit FitPosterior(DatasetView labelled, CancellationToken cancellationToken)
    {
        double unit = _network.Fit!.TargetScale.Deviation;
        var embeddings = new CentredFeatures(Embed(labelled, cancellationToken));
        double[] targets = labelled.Values();
        double mean = TensorPrimitives.Average<double>(targets);
        TensorPrimitives.Subtract<double>(targets, mean, targets);
        TensorPrimitives.Divide<double>(targets, unit, targets);
        double sumOfSquares = TensorPrimitives.SumOfSquares<double>(targets);
        var spectrum = new RidgeSpectrum(embeddings, targets);
        cancellationToken.ThrowIfCancellationRequested();

        bool givenPrior = _options.PriorPrecision is not null, givenNoise = _options.NoiseDeviation is not null;
        double alpha = _options.PriorPrecision ?? 1;
        double beta = _options.NoiseDeviation is { } noise ? Math.Pow(unit / noise, 2) : sumOfSquares > 0 ? targets.Length / sumOfSquares : 1;
        if (sumOfSquares > 0)
        {
            (alpha, beta) = RidgeEvidence.Maximise(
                spectrum, sumOfSquares, targets.Length, alpha, beta, MaximumIterations, Tolerance, keepsAlpha: givenPrior, keepsBeta: givenNoise);
        }

        return new Fit(new WeightPosterior(spectrum, embeddings, 0, alpha, beta), alpha, unit / Math.Sqrt(beta));
    }

    private sealed record Fit(WeightPosterior Posterior, double PriorPrecision, double NoiseDeviation);
}
