using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.GaussianProcesses;
using PyRelationAL.Models.Optimisation;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// Exact Gaussian process regression with hyperparameters by maximum marginal likelihood: Rasmussen and Williams, "Gaussian Processes for Machine
/// Learning", MIT Press 2006, algorithm 2.1 and section 5.4.1.
/// </summary>
/// <remarks>
/// <para>
/// Predictions are those of the latent function: the kernel's white noise belongs to the observations and is no part of them (scikit-learn adds it to its
/// standard deviations). Where targets are normalised and all equal, or there is only one, they are only centred.
/// </para>
/// <para>
/// Training costs O(n³) for each evaluation of the likelihood, prediction O(n²) for each row, in blocks. Where the kernel is given and not fitted, a round that
/// adds rows to those of the last one (<see cref="EndRound"/> between them) costs O(n²) for each new row, and O(n) for each row predicted before; it gives
/// the bits of training anew. What this takes is kept up to 256 MB. Not safe for concurrent use.
/// </para>
/// </remarks>
public sealed class GaussianProcessRegressor : IModelManager, IGaussianPredictor, IJointGaussianPredictor
{
    private readonly GaussianProcessRegressorOptions _options;
    private Fit? _fit;
    private RoundMemory? _memory;
    private FixedKernelRounds? _rounds;

    /// <summary>Creates an untrained model with the default settings.</summary>
    public GaussianProcessRegressor()
        : this(new GaussianProcessRegressorOptions())
    {
    }

    /// <summary>Creates an untrained model.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public GaussianProcessRegressor(GaussianProcessRegressorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.NonNegative(options.Jitter);
        Guard.NonNegative(options.Restarts);
        Guard.Threads(options.MaxDegreeOfParallelism);
        _options = options;
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <summary>The kernel with the hyperparameters that the model predicts with (for the normalised targets); null while untrained.</summary>
    public Kernel? FittedKernel => _fit?.Posterior.Kernel;

    /// <summary>The log marginal likelihood of the (normalised) targets, in nats; null while untrained.</summary>
    public double? LogMarginalLikelihood => _fit?.LogLikelihood;

    /// <summary>How the best fit of the hyperparameters ended; null while untrained and where nothing was fitted.</summary>
    public OptimisationResult? HyperparameterFit => _fit?.Search;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, nothing is labelled, or the kernel does not fit the number of features.</exception>
    /// <exception cref="ModelTrainingException">The covariance matrix is not positive definite, whatever the jitter.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        EndRound();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = new TrainingInputs(labelled.Features);
        Kernel kernel = _options.Kernel ?? DefaultKernels.ForRegression(inputs);
        kernel.CheckFeatureCount(inputs.FeatureCount);
        (double[] targets, double mean, double deviation) = Normalised(labelled.Values());
        var likelihood = new RegressionLikelihood(inputs, targets, _options.Jitter);
        OptimisationResult? search = null;
        if (_options.OptimiseHyperparameters)
        {
            WarmStart warm = default;
            if (_options.WarmStart)
            {
                _memory ??= new RoundMemory();
                bool fresh = _memory.Begin(labelled.Features);
                warm = _memory.StartOf(0, kernel.FreeCount, fresh);
            }

            (kernel, search, CurvatureMemory? curvature) = HyperparameterSearch.Maximise(
                kernel, warm, likelihood.Evaluate, _options.Restarts, random.Child("restarts"), cancellationToken);
            _memory?.End(0, kernel.FreeLogValues(), curvature, null);
        }

        (GaussianPosterior posterior, double logLikelihood) = KernelStays(_options)
            ? FitWithin(labelled, inputs, kernel, likelihood)
            : likelihood.Fit(kernel);
        _fit = new Fit(posterior, mean, deviation, logLikelihood, search);
    }

    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.Posterior.FeatureCount);
        FeatureMatrix rows = items.Features;
        var mean = new double[rows.RowCount];
        var deviation = new double[rows.RowCount];
        if (_rounds?.TryPredict(fit.Posterior, items, mean, deviation, _options.MaxDegreeOfParallelism, cancellationToken) == true)
        {
            fit.Denormalise(mean, deviation);
            return new GaussianPredictions(mean, deviation);
        }

        Blocks.ForEach(
            rows.RowCount,
            _options.MaxDegreeOfParallelism,
            cancellationToken,
            (start, count) =>
            {
                Span<double> m = mean.AsSpan(start, count), s = deviation.AsSpan(start, count);
                for (int at = 0; at < count; at += GaussianPosterior.ChunkRows)
                {
                    int length = Math.Min(GaussianPosterior.ChunkRows, count - at);
                    fit.Posterior.Predict(fit.Posterior.Cross(rows.Slice(start + at, length)), m.Slice(at, length), s.Slice(at, length));
                }

                fit.Denormalise(m, s);
            },
            GaussianPosterior.BlockRows);
        return new GaussianPredictions(mean, deviation);
    }

    /// <inheritdoc/>
    public JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.Posterior.FeatureCount);
        var mean = new double[items.Count];
        var covariance = new double[checked(items.Count * items.Count)];
        fit.Posterior.PredictJoint(items.Features, mean, covariance, cancellationToken);
        fit.Denormalise(mean);
        TensorPrimitives.Multiply(covariance, fit.TargetDeviation * fit.TargetDeviation, covariance);
        return new JointGaussianPredictions(mean, covariance);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fit = null;
        _memory = null;
        _rounds = null;
    }

    /// <inheritdoc/>
    public void EndRound() => _fit = null;

    // The default kernel follows the labelled rows.
    private static bool KernelStays(GaussianProcessRegressorOptions options) =>
        options.Kernel is { } kernel && (kernel.FreeCount == 0 || !options.OptimiseHyperparameters);

    private (GaussianPosterior Posterior, double LogLikelihood) FitWithin(
        DatasetView labelled, TrainingInputs inputs, Kernel kernel, RegressionLikelihood likelihood)
    {
        if (_rounds?.Dataset != labelled.Dataset)
        {
            _rounds = new FixedKernelRounds(labelled.Dataset);
        }

        if (_rounds.Extended(inputs, labelled.Features, kernel, _options.Jitter) is { } factor)
        {
            return likelihood.Fit(kernel, factor);
        }

        (GaussianPosterior Posterior, double LogLikelihood) fit = likelihood.Fit(kernel);
        _rounds.Begin(labelled.Features, likelihood.JitterRaised ? null : fit.Posterior.Factor);
        return fit;
    }

    private (double[] Targets, double Mean, double Deviation) Normalised(double[] values)
    {
        if (!_options.NormaliseTargets)
        {
            return (values, 0, 1);
        }

        double mean = TensorPrimitives.Average<double>(values);
        TensorPrimitives.Subtract<double>(values, mean, values);
        double deviation = TensorPrimitives.Norm<double>(values) / Math.Sqrt(values.Length);
        // Rounding alone gives equal targets a tiny deviation; dividing by it would blow noise up to unit size.
        if (!(deviation > 1e-14 * Math.Abs(mean)))
        {
            return (values, mean, 1);
        }

        TensorPrimitives.Divide<double>(values, deviation, values);
        return (values, mean, deviation);
    }

    private sealed record Fit(
        GaussianPosterior Posterior, double TargetMean, double TargetDeviation, double LogLikelihood, OptimisationResult? Search)
    {
        public void Denormalise(Span<double> mean, Span<double> variance)
        {
            TensorPrimitives.Sqrt(variance, variance);
            TensorPrimitives.Multiply(variance, TargetDeviation, variance);
            Denormalise(mean);
        }

        public void Denormalise(Span<double> mean)
        {
            TensorPrimitives.Multiply(mean, TargetDeviation, mean);
            TensorPrimitives.Add(mean, TargetMean, mean);
        }
    }
}
