using System.Numerics.Tensors;
using PyRelationAL.Models.Linear;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// Linear regression with a Gaussian prior on the weights, w ~ N(0, α⁻¹ I), Gaussian noise of precision β and a flat prior on the intercept; α and β by
/// maximising the evidence (Bishop, "Pattern Recognition and Machine Learning", Springer 2006, sections 3.3 and 3.5; MacKay, Neural Computation 1992).
/// </summary>
/// <remarks>
/// <para>
/// The posterior is w ~ N(m, Σ) with Σ = (α I + β XᵀX)⁻¹ and m = β Σ Xᵀy for centred X and y, and the intercept at the features' mean is
/// N(mean of y, 1/(β N)), independent of w. Predictions are of the latent function w·x + b, without noise. The fitted α and β are those of scikit-learn's
/// <c>BayesianRidge</c> with its hyperpriors at 0. Features are expected on comparable scales: standardise them.
/// </para>
/// <para>
/// Training costs O(N·D·min(N, D)), prediction O(D·min(N, D)) for each row. Sample m is one draw of the weights, the same for every item, for equal
/// streams. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class BayesianLinearRegression : IModelManager, IGaussianPredictor, IJointGaussianPredictor, IPosteriorValueSampler
{
    private readonly BayesianLinearRegressionOptions _options;
    private Fit? _fit;

    /// <summary>Creates an untrained model with the default settings.</summary>
    public BayesianLinearRegression()
        : this(new BayesianLinearRegressionOptions())
    {
    }

    /// <summary>Creates an untrained model.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public BayesianLinearRegression(BayesianLinearRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.Positive(options.WeightPrecision);
        Guard.Positive(options.NoisePrecision ?? 1, nameof(options.NoisePrecision));
        Guard.Positive(options.MaximumIterations);
        Guard.NonNegative(options.Tolerance);
        Guard.Positive(options.SampleCount);
        _options = options;
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <inheritdoc/>
    public int SampleCount => _options.SampleCount;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <summary>α, the precision of the weights' prior that the model predicts with; null while untrained.</summary>
    public double? WeightPrecision => _fit?.WeightPrecision;

    /// <summary>β, the precision of the noise that the model predicts with; null while untrained.</summary>
    public double? NoisePrecision => _fit?.NoisePrecision;

    /// <summary>The posterior mean of the weights [D]; empty while untrained.</summary>
    public ReadOnlyMemory<double> Weights => _fit?.Posterior.Weights;

    /// <summary>The posterior mean of the intercept, at x = 0; null while untrained.</summary>
    public double? Intercept => _fit is { Posterior: var p } ? p.TargetMean - TensorPrimitives.Dot<double>(p.FeatureMean, p.Weights) : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        cancellationToken.ThrowIfCancellationRequested();
        var features = new CentredFeatures(labelled.Features);
        double[] targets = labelled.Values();
        double mean = TensorPrimitives.Average<double>(targets);
        TensorPrimitives.Subtract<double>(targets, mean, targets);
        double sumOfSquares = TensorPrimitives.SumOfSquares<double>(targets);
        var spectrum = new RidgeSpectrum(features, targets);
        cancellationToken.ThrowIfCancellationRequested();

        double variance = sumOfSquares / targets.Length;
        double alpha = _options.WeightPrecision;
        double beta = _options.NoisePrecision ?? (variance > 0 ? 1 / variance : 1);
        if (_options.MaximiseEvidence && variance > 0)
        {
            (alpha, beta) = RidgeEvidence.Maximise(spectrum, sumOfSquares, targets.Length, alpha, beta, _options.MaximumIterations, _options.Tolerance);
        }

        _fit = new Fit(new WeightPosterior(spectrum, features, mean, alpha, beta), alpha, beta);
    }

    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        WeightPosterior posterior = PosteriorFor(items);
        FeatureMatrix features = items.Features;
        var mean = new double[items.Count];
        var deviation = new double[items.Count];
        double[] x = new double[features.ColumnCount], root = new double[features.ColumnCount];
        for (int i = 0; i < mean.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(features.Row(i), x);
            mean[i] = posterior.TargetMean + TensorPrimitives.Dot<double>(x, posterior.Weights);
            posterior.ApplyRoot(x, root);
            deviation[i] = Math.Sqrt(posterior.InterceptVariance + TensorPrimitives.SumOfSquares<double>(root));
        }

        return new GaussianPredictions(mean, deviation);
    }

    /// <inheritdoc/>
    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        WeightPosterior posterior = PosteriorFor(items);
        FeatureMatrix features = items.Features;
        int count = items.Count, width = features.ColumnCount;
        var mean = new double[count];
        var covariance = new double[checked(count * count)];
        double[] x = new double[width], roots = new double[checked(count * width)];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(features.Row(i), x);
            mean[i] = posterior.TargetMean + TensorPrimitives.Dot<double>(x, posterior.Weights);
            posterior.ApplyRoot(x, roots.AsSpan(i * width, width));
            for (int j = 0; j <= i; j++)
            {
                double value = posterior.InterceptVariance + TensorPrimitives.Dot<double>(roots.AsSpan(i * width, width), roots.AsSpan(j * width, width));
                covariance[(i * count) + j] = value;
                covariance[(j * count) + i] = value;
            }
        }

        return new JointGaussianPredictions(mean, covariance);
    }

    /// <inheritdoc/>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        WeightPosterior posterior = PosteriorFor(items);
        FeatureMatrix features = items.Features;
        int count = items.Count, width = features.ColumnCount, samples = _options.SampleCount;
        double[] weights = new double[checked(samples * width)], intercepts = new double[samples], z = new double[width], x = new double[width];
        for (int m = 0; m < samples; m++)
        {
            RandomStream stream = random.Child(m);
            intercepts[m] = posterior.TargetMean + (Math.Sqrt(posterior.InterceptVariance) * stream.NextGaussian());
            for (int j = 0; j < width; j++)
            {
                z[j] = stream.NextGaussian();
            }

            Span<double> draw = weights.AsSpan(m * width, width);
            posterior.ApplyRoot(z, draw);
            TensorPrimitives.Add(draw, posterior.Weights, draw);
        }

        var values = new double[checked(samples * count)];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            posterior.Centre(features.Row(i), x);
            for (int m = 0; m < samples; m++)
            {
                values[(m * count) + i] = intercepts[m] + TensorPrimitives.Dot<double>(x, weights.AsSpan(m * width, width));
            }
        }

        return new PosteriorValueSamples(values, samples);
    }

    /// <inheritdoc/>
    public void Reset() => _fit = null;

    private WeightPosterior PosteriorFor(DatasetView items)
    {
        WeightPosterior posterior = ModelGuard.Trained(this, _fit).Posterior;
        ModelGuard.Predictable(this, items, posterior.FeatureMean.Length);
        return posterior;
    }

    private sealed record Fit(WeightPosterior Posterior, double WeightPrecision, double NoisePrecision);
}
