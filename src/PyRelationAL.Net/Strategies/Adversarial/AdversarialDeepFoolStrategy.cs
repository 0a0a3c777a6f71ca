using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries the items nearest to a decision boundary, as DeepFool finds it: with wₖ = ∇fₖ − ∇f_ŷ and dₖ = fₖ − f_ŷ, step by step to the boundary of the class of
/// the smallest |dₖ| / ‖wₖ‖, η ← η + |dₖ| / ‖wₖ‖² · wₖ, until the predicted class is no longer ŷ. For a linear model one step is exact.
/// </summary>
/// <remarks>
/// <para>
/// Moosavi-Dezfooli, Fawzi and Frossard, "DeepFool: a simple and accurate method to fool deep neural networks", CVPR 2016; Ducoffe and Precioso, "Adversarial
/// active learning for deep networks: a margin based approach", arXiv 1802.09841, 2018, for active learning. A step ends on the boundary itself; as in the
/// source, the class is looked at a little behind it, at x + 1.02 η.
/// </para>
/// <para>
/// Distances are Euclidean, in the features' own units. Scores are −‖η‖², the nearest first, ties by the lowest index. Where two classes tie for an item it is
/// on the boundary, at distance 0. Classes whose gradient is that of ŷ are passed over; items with no other, and those that keep their class for all
/// iterations, count as infinitely far: they come last, with the score <see cref="double.MinValue"/>. Up to N · iterations · (C − 1) gradients, a block of
/// items at a time.
/// </para>
/// </remarks>
public sealed class AdversarialDeepFoolStrategy : Strategy
{
    private const double Reach = 1.02;

    private readonly int _maxIterations;

    /// <summary>Creates the strategy.</summary>
    /// <param name="maxIterations">The most steps, at least 1. Default: 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public AdversarialDeepFoolStrategy(int maxIterations = 50)
    {
        _maxIterations = Guard.Positive(maxIterations);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.InputGradients);

    /// <summary>‖η‖² of each input.</summary>
    /// <param name="function">A classifier.</param>
    /// <param name="inputs">x [N×F].</param>
    /// <param name="maxIterations">The most steps, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>N squared distances; infinite where the class never changed.</returns>
    /// <exception cref="ArgumentException">An output of the classifier is NaN or infinite.</exception>
    public static double[] Compute(IInputGradients function, FeatureMatrix inputs, int maxIterations = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        return AdversarialSearch.SquaredDistances(function, inputs, Guard.Positive(maxIterations), Reach, Step, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] distances = Compute(context.InputGradients, context.Pool.Features, _maxIterations, context.CancellationToken);
        (int[] positions, double[] scores) = AdversarialSearch.Nearest(distances, count);
        return new Batch(positions, scores);
    }

    private static void Step(
        IInputGradients function, FeatureMatrix inputs, double[] outputs, int[] classes, double[] steps, CancellationToken cancellationToken)
    {
        int outputCount = function.OutputCount, width = inputs.ColumnCount;
        var nearest = new double[classes.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        // In the order of the classes, so that ties go to the lowest; the pass of a row's own class is empty.
        for (int k = 0; k < outputCount; k++)
        {
            var weights = new double[outputs.Length];
            for (int i = 0; i < classes.Length; i++)
            {
                weights[(i * outputCount) + k] += 1;
                weights[(i * outputCount) + classes[i]] -= 1;
            }

            FeatureMatrix gradients = function.InputGradients(inputs, weights, cancellationToken);
            for (int i = 0; i < classes.Length; i++)
            {
                double squared = SquaredNorm(gradients.Row(i));
                double difference = Math.Abs(outputs[(i * outputCount) + k] - outputs[(i * outputCount) + classes[i]]);
                double distance = difference / Math.Sqrt(squared);
                if (k != classes[i] && squared > 0 && distance < nearest[i])
                {
                    nearest[i] = distance;
                    Span<double> step = steps.AsSpan(i * width, width);
                    TensorPrimitives.ConvertTruncating(gradients.Row(i), step);
                    TensorPrimitives.Multiply(step, difference / squared, step);
                }
            }
        }
    }

    private static double SquaredNorm(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float value in row)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
