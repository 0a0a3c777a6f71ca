using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries the items that the smallest change of their features makes another class: that of the basic iterative method, η ← η + ε · sign ∇ₓ CE(f(x + η), ŷ),
/// until the predicted class is no longer ŷ. A proxy of the distance to the decision boundary; <see cref="AdversarialDeepFoolStrategy"/> takes straighter ways.
/// </summary>
/// <remarks>
/// <para>
/// Kurakin, Goodfellow and Bengio, "Adversarial examples in the physical world", arXiv 1607.02533, 2016; Ducoffe and Precioso, "Adversarial active learning for
/// deep networks: a margin based approach", arXiv 1802.09841, 2018, for active learning. Every feature takes the same step, in the features' own units: bring
/// the features to one scale first.
/// </para>
/// <para>
/// Scores are −‖η‖², the smallest change first, ties by the lowest index. Where two classes tie for an item it is on the boundary, at distance 0. Items whose
/// gradient is 0, or that keep their class for all iterations, count as infinitely far: they come last, with the score <see cref="double.MinValue"/>. Only
/// the sign of the gradient matters, so that a saturated softmax does no harm. Up to N · iterations predictions with gradients, a block of items at a time.
/// </para>
/// </remarks>
public sealed class AdversarialBIMStrategy : Strategy
{
    private readonly double _step;
    private readonly int _maxIterations;

    /// <summary>Creates the strategy.</summary>
    /// <param name="step">ε, what each feature moves in a step, greater than 0. Default: 0.05.</param>
    /// <param name="maxIterations">The most steps, at least 1. Default: 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public AdversarialBIMStrategy(double step = 0.05, int maxIterations = 100)
    {
        _step = Guard.Positive(step);
        _maxIterations = Guard.Positive(maxIterations);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.InputGradients);

    /// <summary>‖η‖² of each input.</summary>
    /// <param name="function">A classifier.</param>
    /// <param name="inputs">x [N×F].</param>
    /// <param name="step">ε, greater than 0.</param>
    /// <param name="maxIterations">The most steps, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>N squared distances; infinite where the class never changed.</returns>
    /// <exception cref="ArgumentException">An output of the classifier is NaN or infinite.</exception>
    public static double[] Compute(
        IInputGradients function, FeatureMatrix inputs, double step = 0.05, int maxIterations = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        Guard.Positive(step);
        return AdversarialSearch.SquaredDistances(function, inputs, Guard.Positive(maxIterations), reach: 1, Step, cancellationToken);

        void Step(IInputGradients f, FeatureMatrix moved, double[] outputs, int[] classes, double[] steps, CancellationToken token)
        {
            int k = f.OutputCount;
            var weights = new double[outputs.Length];
            for (int i = 0; i < classes.Length; i++)
            {
                CrossEntropyDirection.Write(outputs.AsSpan(i * k, k), classes[i], weights.AsSpan(i * k, k));
            }

            ReadOnlySpan<float> gradients = f.InputGradients(moved, weights, token).Values;
            for (int i = 0; i < steps.Length; i++)
            {
                steps[i] = step * Math.Sign(gradients[i]);
            }
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] distances = Compute(context.InputGradients, context.Pool.Features, _step, _maxIterations, context.CancellationToken);
        (int[] positions, double[] scores) = AdversarialSearch.Nearest(distances, count);
        return new Batch(positions, scores);
    }
}
