using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.GaussianProcesses;
using PyRelationAL.Models.Optimisation;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// Gaussian process classification with the logistic link and the Laplace approximation (Rasmussen and Williams, "Gaussian Processes for Machine
/// Learning", MIT Press 2006, algorithms 3.1, 3.2 and 5.1); more than two classes one against the rest, the probabilities divided by their sum, as in
/// scikit-learn.
/// </summary>
/// <remarks>
/// <para>
/// Classes that no labelled item has get probability 0. With two classes present there is one latent function, with more there is one for each; with one
/// present every item gets that class with probability 1.
/// </para>
/// <para>
/// Posterior samples are draws of each item's latent values from their own marginal distribution, put through the link: they show how uncertain each
/// item's probabilities are, but sample m of two items has nothing in common, so <see cref="Consistent"/> is false.
/// </para>
/// <para>
/// Training costs O(n³) for each Newton step, of which each evaluation of the likelihood takes a few; prediction O(n²) for each row and class, in blocks.
/// Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class GaussianProcessClassifier : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    private readonly GaussianProcessClassifierOptions _options;
    private Fit? _fit;
    private RoundMemory? _memory;

    /// <summary>Creates an untrained model with the default settings.</summary>
    public GaussianProcessClassifier()
        : this(new GaussianProcessClassifierOptions())
    {
    }

    /// <summary>Creates an untrained model.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public GaussianProcessClassifier(GaussianProcessClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.NonNegative(options.Restarts);
        Guard.Positive(options.SampleCount);
        Guard.Threads(options.MaxDegreeOfParallelism);
        if (!Enum.IsDefined(options.LogisticIntegral))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.LogisticIntegral, "LogisticIntegral must be ErrorFunctions or Quadrature.");
        }

        _options = options;
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <inheritdoc/>
    public int SampleCount => _options.SampleCount;

    /// <inheritdoc/>
    public bool Consistent => false;

    /// <summary>
    /// The kernel of each latent function with the hyperparameters that the model predicts with: one for each class present, in ascending order; a single
    /// one with two classes present (the higher class is the positive one); empty while untrained and with one class present.
    /// </summary>
    public IReadOnlyList<Kernel> FittedKernels => _fit?.Latent.Select(l => l.Posterior.Kernel).ToArray() ?? [];

    /// <summary>The approximate log marginal likelihood of each latent function, in nats, in the order of <see cref="FittedKernels"/>.</summary>
    public IReadOnlyList<double> LogMarginalLikelihoods => _fit?.Latent.Select(l => l.LogLikelihood).ToArray() ?? [];

    /// <summary>
    /// How the best fit of each latent function's hyperparameters ended, in the order of <see cref="FittedKernels"/>; null where nothing was fitted.
    /// </summary>
    public IReadOnlyList<OptimisationResult?> HyperparameterFits => _fit?.Latent.Select(l => l.Search).ToArray() ?? [];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, nothing is labelled, or the kernel does not fit the number of features.</exception>
    /// <exception cref="ModelTrainingException">No mode was found under the given kernel.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        EndRound();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        int[] labels = labelled.ClassLabels();
        var classes = PresentClasses.Of(labels, labelled.Task.ClassCount);
        var inputs = new TrainingInputs(labelled.Features);
        Kernel kernel = _options.Kernel ?? DefaultKernels.ForClassification(inputs);
        kernel.CheckFeatureCount(inputs.FeatureCount);

        int[] positive = classes.OneAgainstRest();
        var latent = new LatentFit[positive.Length];
        WarmStart[] warm = WarmStarts(labelled.Features, kernel, positive);
        Blocks.ForEach(
            positive.Length,
            _options.MaxDegreeOfParallelism,
            cancellationToken,
            (k, _) => latent[k] = TrainOne(inputs, kernel, warm[k], labels, positive[k], random.Child("restarts").Child(positive[k]), cancellationToken),
            blockRows: 1);
        for (int k = 0; k < latent.Length; k++)
        {
            GaussianPosterior posterior = latent[k].Posterior;
            _memory?.End(positive[k], posterior.Kernel.FreeLogValues(), latent[k].Curvature, posterior.Weights);
        }

        _fit = new Fit(classes, inputs.FeatureCount, latent);
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.FeatureCount);
        FeatureMatrix rows = items.Features;
        int width = fit.Classes.ClassCount;
        var probabilities = new double[checked(rows.RowCount * width)];
        Blocks.ForEach(
            rows.RowCount,
            _options.MaxDegreeOfParallelism,
            cancellationToken,
            (start, count) =>
            {
                (double[] mean, double[] variance) = Latent(fit, rows.Slice(start, count));
                Span<double> links = new double[fit.Latent.Length];
                for (int i = 0; i < count; i++)
                {
                    for (int k = 0; k < links.Length; k++)
                    {
                        links[k] = AveragedLogistic.Average(mean[(k * count) + i], variance[(k * count) + i], _options.LogisticIntegral);
                    }

                    fit.Classes.WriteNormalised(links, probabilities.AsSpan((start + i) * width, width));
                }
            },
            GaussianPosterior.BlockRows);
        return new ClassProbabilities(probabilities, width);
    }

    /// <inheritdoc/>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.FeatureCount);
        FeatureMatrix rows = items.Features;
        int width = fit.Classes.ClassCount, samples = _options.SampleCount, total = rows.RowCount;
        var probabilities = new double[checked(samples * total * width)];
        Blocks.ForEach(
            total,
            _options.MaxDegreeOfParallelism,
            cancellationToken,
            (start, count) =>
            {
                (double[] mean, double[] variance) = Latent(fit, rows.Slice(start, count));
                RandomStream stream = random.Child(start);
                Span<double> links = new double[fit.Latent.Length];
                for (int i = 0; i < count; i++)
                {
                    for (int m = 0; m < samples; m++)
                    {
                        for (int k = 0; k < links.Length; k++)
                        {
                            int at = (k * count) + i;
                            links[k] = LogisticFunction.Sigmoid(mean[at] + (Math.Sqrt(variance[at]) * stream.NextGaussian()));
                        }

                        fit.Classes.WriteNormalised(links, probabilities.AsSpan(((m * total) + start + i) * width, width));
                    }
                }
            },
            GaussianPosterior.BlockRows);
        return new PosteriorClassSamples(probabilities, samples, width);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fit = null;
        _memory = null;
    }

    /// <inheritdoc/>
    public void EndRound() => _fit = null;

    private WarmStart[] WarmStarts(FeatureMatrix rows, Kernel kernel, int[] functions)
    {
        if (!_options.WarmStart)
        {
            return new WarmStart[functions.Length];
        }

        _memory ??= new RoundMemory();
        bool fresh = _memory.Begin(rows);
        return [.. functions.Select(f => _memory.StartOf(f, kernel.FreeCount, fresh))];
    }

    private LatentFit TrainOne(
        TrainingInputs inputs, Kernel kernel, WarmStart warm, int[] labels, int positive, RandomStream random, CancellationToken cancellationToken)
    {
        var likelihood = new LaplaceLikelihood(inputs, [.. labels.Select(c => c == positive ? 1.0 : 0.0)], warm.Mode);
        OptimisationResult? search = null;
        CurvatureMemory? curvature = null;
        if (_options.OptimiseHyperparameters)
        {
            (kernel, search, curvature) = HyperparameterSearch.Maximise(kernel, warm, likelihood.Evaluate, _options.Restarts, random, cancellationToken);
        }

        (GaussianPosterior posterior, double logLikelihood) = likelihood.Fit(kernel);
        return new LatentFit(posterior, logLikelihood, search, curvature);
    }

    /// <summary>Means and variances of all latent functions, [functions × rows].</summary>
    private static (double[] Mean, double[] Variance) Latent(Fit fit, FeatureMatrix rows)
    {
        int count = rows.RowCount;
        var mean = new double[fit.Latent.Length * count];
        var variance = new double[fit.Latent.Length * count];
        for (int at = 0; at < count; at += GaussianPosterior.ChunkRows)
        {
            int length = Math.Min(GaussianPosterior.ChunkRows, count - at);
            CrossInputs? cross = null;
            for (int k = 0; k < fit.Latent.Length; k++)
            {
                GaussianPosterior posterior = fit.Latent[k].Posterior;
                cross ??= posterior.Cross(rows.Slice(at, length));
                posterior.Predict(cross, mean.AsSpan((k * count) + at, length), variance.AsSpan((k * count) + at, length));
            }
        }

        return (mean, variance);
    }

    private sealed record LatentFit(
        GaussianPosterior Posterior, double LogLikelihood, OptimisationResult? Search, CurvatureMemory? Curvature);

    private sealed record Fit(PresentClasses Classes, int FeatureCount, LatentFit[] Latent);
}
