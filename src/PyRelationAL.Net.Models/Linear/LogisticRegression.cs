using System.Numerics.Tensors;
using PyRelationAL.Models.Linear;
using PyRelationAL.Models.Optimisation;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// Logistic regression with an L2 penalty: minimises Σᵢ −ln p(yᵢ | xᵢ) + ‖W‖²/(2C), intercepts not penalised. With two classes present
/// p = σ(w·x + b), with more p = softmax(W x + b), as in scikit-learn.
/// </summary>
/// <remarks>
/// Classes that no labelled item has get probability 0; with one class present every item gets it with probability 1. The objective is strictly convex
/// in the weights; training draws nothing at random. O(N·D·C) for each iteration. Not safe for concurrent training.
/// <para>
/// The embeddings are the features, in their own units, and the head has a row for each class of the task. The logits of more than two classes present are
/// those of the softmax; of two the lower one has logit 0 and the higher one w·x + b; a class that no labelled item has has weights 0 and the bias −1000, which
/// makes its probability 0, since the largest logit is never below 0.
/// </para>
/// </remarks>
public sealed class LogisticRegression : IModelManager, ILogitPredictor, ILinearHead, IInputGradients
{
    // exp(−1000) is 0 in double.
    private const double AbsentLogit = -1000;

    private readonly LogisticRegressionOptions _options;
    private Fit? _fit;
    private LinearHead? _head;

    /// <summary>Creates an untrained model with the default settings.</summary>
    public LogisticRegression()
        : this(new LogisticRegressionOptions())
    {
    }

    /// <summary>Creates an untrained model.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LogisticRegression(LogisticRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.Positive(options.InverseRegularisation);
        Guard.Positive(options.MaximumIterations);
        Guard.NonNegative(options.GradientTolerance);
        _options = options;
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <summary>The classes present in training, ascending; empty while untrained.</summary>
    public IReadOnlyList<int> Classes => _fit?.Classes.Classes ?? [];

    /// <summary>
    /// The weights [K×D], row-major: one row for each class present, a single row for two classes (in favour of the higher one), none for one class.
    /// </summary>
    public ReadOnlyMemory<double> Weights => _fit?.Weights;

    /// <summary>The intercepts [K], in the order of the rows of <see cref="Weights"/>.</summary>
    public ReadOnlyMemory<double> Intercepts => _fit?.Intercepts;

    /// <summary>How training ended; null while untrained and with one class present.</summary>
    public OptimisationResult? Optimisation => _fit?.Optimisation;

    /// <inheritdoc/>
    public LinearHead Head => _head ??= HeadOf(ModelGuard.Trained(this, _fit));

    /// <inheritdoc/>
    public int InputWidth => ModelGuard.Trained(this, _fit).Width;

    /// <inheritdoc/>
    public int OutputCount => ModelGuard.Trained(this, _fit).Classes.ClassCount;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, or nothing is labelled.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        int[] labels = labelled.ClassLabels();
        var classes = PresentClasses.Of(labels, labelled.Task.ClassCount);
        var features = new CentredFeatures(labelled.Features);
        int width = features.Width, outputs = classes.OneAgainstRest().Length;
        if (outputs == 0)
        {
            _fit = new Fit(classes, width, [], [], null);
            return;
        }

        int[] targets = [.. labels.Select(c => Array.IndexOf(classes.Classes, c))];
        var objective = new SoftmaxObjective(features, targets, outputs, _options.InverseRegularisation);
        OptimisationResult result = LimitedMemoryBfgs.Minimise(
            objective.Evaluate,
            new double[objective.ParameterCount],
            options: new LimitedMemoryBfgsOptions
            {
                MaximumIterations = _options.MaximumIterations,
                GradientTolerance = _options.GradientTolerance,
                // The value is a sum over rows: it settles to many digits before the weights have.
                ValueTolerance = 0,
            },
            cancellationToken: cancellationToken);

        double[] weights = [.. result.Point.Take(outputs * width)];
        double[] intercepts = [.. result.Point.Skip(outputs * width)];
        for (int k = 0; k < outputs; k++)
        {
            Span<double> row = weights.AsSpan(k * width, width);
            TensorPrimitives.Multiply(row, objective.Scales, row);
            intercepts[k] = (intercepts[k] * objective.InterceptScale) - TensorPrimitives.Dot<double>(row, features.Mean);
        }

        _fit = new Fit(classes, width, weights, intercepts, result);
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.Width);
        FeatureMatrix features = items.Features;
        int classCount = fit.Classes.ClassCount;
        var probabilities = new double[checked(items.Count * classCount)];
        var x = new double[fit.Width];
        Span<double> outputs = new double[fit.Intercepts.Length];
        for (int i = 0; i < items.Count; i++)
        {
            if (i % Blocks.DefaultRows == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            TensorPrimitives.ConvertTruncating(features.Row(i), x);
            for (int k = 0; k < outputs.Length; k++)
            {
                outputs[k] = TensorPrimitives.Dot<double>(x, fit.Weights.AsSpan(k * fit.Width, fit.Width)) + fit.Intercepts[k];
            }

            if (outputs.Length == 1)
            {
                outputs[0] = LogisticFunction.Sigmoid(outputs[0]);
            }
            else if (outputs.Length > 1)
            {
                TensorPrimitives.Subtract(outputs, TensorPrimitives.Max<double>(outputs), outputs);
                ReproducibleExp.Write(outputs, outputs);
            }

            fit.Classes.WriteNormalised(outputs, probabilities.AsSpan(i * classCount, classCount));
        }

        return new ClassProbabilities(probabilities, classCount);
    }

    /// <inheritdoc/>
    public ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default) =>
        new(Head.Apply(Embed(items, cancellationToken)), OutputCount);

    /// <summary>The features [N×D], in their own units.</summary>
    /// <inheritdoc/>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default)
    {
        ModelGuard.Predictable(this, items, InputWidth);
        cancellationToken.ThrowIfCancellationRequested();
        return items.Features;
    }

    /// <inheritdoc/>
    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Head.Apply(inputs);
    }

    /// <inheritdoc/>
    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default)
    {
        LinearHead head = Head;
        ArgumentNullException.ThrowIfNull(inputs);
        Guard.SameLength(head.EmbeddingWidth, inputs.ColumnCount, "the inputs' columns", nameof(inputs));
        Guard.SameLength(checked(inputs.RowCount * head.OutputCount), outputWeights.Length, "the output weights", nameof(outputWeights));
        cancellationToken.ThrowIfCancellationRequested();
        int width = head.EmbeddingWidth;
        var gradients = new float[checked(inputs.RowCount * width)];
        var sum = new double[width];
        for (int i = 0; i < inputs.RowCount; i++)
        {
            Array.Clear(sum);
            for (int k = 0; k < head.OutputCount; k++)
            {
                double weight = outputWeights.Span[(i * head.OutputCount) + k];
                TensorPrimitives.MultiplyAdd(head.Weights.Slice(k * width, width), weight, sum, sum);
            }

            TensorPrimitives.ConvertTruncating<double, float>(sum, gradients.AsSpan(i * width, width));
        }

        return new FeatureMatrix(gradients, inputs.RowCount, width);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fit = null;
        _head = null;
    }

    private static LinearHead HeadOf(Fit fit)
    {
        int count = fit.Classes.ClassCount, width = fit.Width;
        double[] weights = new double[count * width], biases = new double[count];
        Array.Fill(biases, AbsentLogit);
        foreach (int present in fit.Classes.Classes)
        {
            biases[present] = 0;
        }

        int[] rows = fit.Classes.OneAgainstRest();
        for (int k = 0; k < rows.Length; k++)
        {
            fit.Weights.AsSpan(k * width, width).CopyTo(weights.AsSpan(rows[k] * width));
            biases[rows[k]] = fit.Intercepts[k];
        }

        return new LinearHead(weights, biases);
    }

    private sealed record Fit(PresentClasses Classes, int Width, double[] Weights, double[] Intercepts, OptimisationResult? Optimisation);
}
