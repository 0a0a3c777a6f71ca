using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>What the members of an ensemble share: the shape, the scales, and the scaled data. Immutable.</summary>
internal sealed class NetworkProblem
{
    private NetworkProblem(NeuralNetworkOptions options, DatasetView labelled, DatasetView? validation, int outputWidth)
    {
        int inputWidth = labelled.Dataset.FeatureCount;
        if (inputWidth == 0)
        {
            throw new ArgumentException($"Dataset '{labelled.Dataset.Name}' has no features; a network needs at least one.", nameof(labelled));
        }

        Options = options;
        Network = NetworkBuilder.Build(options, inputWidth, outputWidth);
        InputScale = InputScale.Fit(labelled.Features, options.StandardiseFeatures);
        Count = labelled.Count;
        Inputs = InputScale.Apply(labelled.Features);
        // An empty view can't stop anything.
        Validation = validation is { Count: > 0 } && options.EarlyStoppingPatience is not null ? validation : null;
        ValidationInputs = Validation is null ? [] : InputScale.Apply(Validation.Features);
    }

    public NeuralNetworkOptions Options { get; }

    public Network Network { get; }

    public InputScale InputScale { get; }

    public TargetScale TargetScale { get; private init; } = new(0, 1);

    public int Count { get; }

    public float[] Inputs { get; }

    public required Loss Loss { get; init; }

    public DatasetView? Validation { get; }

    public float[] ValidationInputs { get; }

    public Loss? ValidationLoss { get; private init; }

    public static NetworkProblem Classification(NeuralNetworkOptions options, DatasetView labelled, DatasetView? validation)
    {
        int classCount = labelled.Task.ClassCount;
        int[] classes = labelled.ClassLabels();
        double[]? weights = Weights(options, classes, classCount);
        return new NetworkProblem(options, labelled, validation, classCount)
        {
            Loss = new CrossEntropyLoss(classes, classCount, weights),
            ValidationLoss = validation is null ? null : new CrossEntropyLoss(validation.ClassLabels(), classCount, weights),
        };
    }

    /// <param name="options">Settings.</param>
    /// <param name="labelled">The labelled items.</param>
    /// <param name="validation">Items to validate on.</param>
    /// <param name="withVariance">Whether the network is to predict the variance too.</param>
    public static NetworkProblem Regression(NeuralNetworkOptions options, DatasetView labelled, DatasetView? validation, bool withVariance)
    {
        double[] values = labelled.Values();
        TargetScale scale = TargetScale.Fit(values, options.StandardiseTargets);
        return new NetworkProblem(options, labelled, validation, withVariance ? 2 : 1)
        {
            TargetScale = scale,
            Loss = LossOf(values),
            ValidationLoss = validation is null ? null : LossOf(validation.Values()),
        };

        Loss LossOf(double[] targets) => withVariance ? new GaussianLoss(scale.Apply(targets)) : new SquaredErrorLoss(scale.Apply(targets));
    }

    private static double[]? Weights(NeuralNetworkOptions options, int[] classes, int classCount)
    {
        if (options.ClassWeights is { } given && given.Count != classCount)
        {
            throw new ArgumentException(Guard.Text($"ClassWeights has {given.Count} weights; the task has {classCount} classes."), nameof(options));
        }

        if (options.ClassWeights is null && !options.BalanceClasses)
        {
            return null;
        }

        double[] weights = options.ClassWeights is { } list ? [.. list] : [.. Enumerable.Repeat(1.0, classCount)];
        if (options.BalanceClasses)
        {
            int[] counts = new int[classCount];
            foreach (int c in classes)
            {
                counts[c]++;
            }

            int present = counts.Count(n => n > 0);
            for (int c = 0; c < classCount; c++)
            {
                weights[c] *= counts[c] == 0 ? 1 : (double)classes.Length / ((double)present * counts[c]);
            }
        }

        return weights;
    }
}
