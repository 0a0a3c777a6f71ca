using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// SAAL, sharpness-aware active learning: queries the items whose loss is large under the worst parameters near the learned ones, CE(f_{θ+e}(x), ŷ), where
/// e = ρ (θ ∘ θ ∘ g) / ‖|θ| ∘ g‖ and g = ∇_θ CE(f_θ(x), ŷ); the predicted class ŷ stands for the label.
/// </summary>
/// <remarks>
/// <para>
/// Kim, Cho, Jang, Na, Kim, Song, Kang and Moon, "SAAL: sharpness-aware active learning", ICML 2023; the step is adaptive sharpness-aware minimisation's (Kwon
/// et al., ICML 2021), measured against each parameter's own size. As in the authors' code, a batch is spread out by k-means++ among the scores themselves: the
/// largest first, each next one drawn in proportion to the squared difference to the nearest taken score.
/// </para>
/// <para>
/// Only the direction of g matters, so that a saturated softmax does no harm; where there is no gradient, e is 0. Where all scores left equal taken ones,
/// candidates are taken at random. Per item a prediction with a gradient, P numbers, and a prediction under its own parameters; that is why only some random
/// candidates are looked at. The model's parameters are never changed. Scores are given where the batch is not spread out; ties go by the lowest index.
/// </para>
/// </remarks>
public sealed class SAALStrategy : Strategy
{
    private const int BlockValues = 1 << 22;
    private const int BlockRows = 256;

    private readonly double _radius;
    private readonly SharpnessScore _score;
    private readonly bool _diverse;
    private readonly int _candidateCount;

    /// <summary>Creates the strategy.</summary>
    /// <param name="radius">ρ, greater than 0. Default: 0.05.</param>
    /// <param name="score">What to score by. Default: the perturbed loss.</param>
    /// <param name="diverse">Whether to spread the batch out; else the highest scores are taken. Default: true.</param>
    /// <param name="candidateCount">How many random candidates to look at, at least 1; more where the batch is larger. Default: 2,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public SAALStrategy(
        double radius = 0.05, SharpnessScore score = SharpnessScore.PerturbedLoss, bool diverse = true, int candidateCount = 2000)
    {
        if (!Enum.IsDefined(score))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"{nameof(score)} must be PerturbedLoss or LossIncrease.");
        }

        _radius = Guard.Positive(radius);
        _score = score;
        _diverse = diverse;
        _candidateCount = Guard.Positive(candidateCount);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.ParameterGradients | Capabilities.ParameterPerturbation);

    /// <summary>The scores of any items.</summary>
    /// <param name="gradients">A classifier.</param>
    /// <param name="perturbation">The same classifier.</param>
    /// <param name="items">The items.</param>
    /// <param name="radius">ρ, greater than 0.</param>
    /// <param name="score">What to score by.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>A score for each item; losses are at least 0.</returns>
    /// <exception cref="ArgumentException">An output of the classifier is NaN or infinite.</exception>
    public static double[] Compute(
        IParameterGradients gradients,
        IParameterPerturbation perturbation,
        DatasetView items,
        double radius = 0.05,
        SharpnessScore score = SharpnessScore.PerturbedLoss,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(perturbation);
        ArgumentNullException.ThrowIfNull(items);
        Guard.Positive(radius);
        var scores = new double[items.Count];
        if (scores.Length == 0)
        {
            return scores;
        }

        float[] learned = perturbation.CopyParameters();
        int rows = Math.Clamp(BlockValues / Math.Max(1, learned.Length), 1, BlockRows), classes = items.Task.ClassCount;
        var moved = new float[learned.Length];
        var direction = new double[learned.Length];
        for (int start = 0; start < scores.Length; start += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DatasetView block = items.Slice(start, Math.Min(rows, scores.Length - start));
            double[] logits = Outputs(block, learned);
            var weights = new double[logits.Length];
            var predicted = new int[block.Count];
            for (int i = 0; i < block.Count; i++)
            {
                ReadOnlySpan<double> z = logits.AsSpan(i * classes, classes);
                predicted[i] = TensorPrimitives.IndexOfMax(z);
                CrossEntropyDirection.Write(z, predicted[i], weights.AsSpan(i * classes, classes));
            }

            FeatureMatrix each = gradients.PerSampleGradients(block, weights, cancellationToken);
            for (int i = 0; i < block.Count; i++)
            {
                Perturb(learned, each.Row(i), radius, direction, moved);
                scores[start + i] = Loss(Outputs(block.Slice(i, 1), moved), predicted[i]);
                if (score == SharpnessScore.LossIncrease)
                {
                    scores[start + i] -= Loss(logits.AsSpan(i * classes, classes), predicted[i]);
                }
            }
        }

        return scores;

        double[] Outputs(DatasetView view, float[] parameters)
        {
            double[] outputs = perturbation.Outputs(view, parameters, cancellationToken);
            Guard.SameLength(view.Count * classes, outputs.Length, "the model's outputs", nameof(perturbation));
            Guard.AllFinite(outputs, classes, "the model's outputs", nameof(perturbation));
            return outputs;
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(SAALStrategy));
        int[] candidates = random.Child("candidates").Sample(context.Pool.Count, Math.Min(context.Pool.Count, Math.Max(_candidateCount, count)));
        Array.Sort(candidates);
        double[] scores = Compute(
            context.ParameterGradients,
            context.ParameterPerturbation,
            context.Pool.SelectRows(candidates),
            _radius,
            _score,
            context.CancellationToken);
        int[] selected = _diverse
            ? SpreadOut(scores, count, random.Child("batch"), context.MaxDegreeOfParallelism, context.CancellationToken)
            : TopPositions.Of(scores, count);
        return new Batch(Array.ConvertAll(selected, i => candidates[i]), _diverse ? null : Array.ConvertAll(selected, i => scores[i]));
    }

    /// <summary>k-means++ on numbers, from the largest.</summary>
    internal static int[] SpreadOut(double[] scores, int count, RandomStream random, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        // Measured from the smallest, so that the largest is the longest where some are negative too.
        double smallest = TensorPrimitives.Min<double>(scores);
        var points = new RowPoints(new FeatureMatrix(Array.ConvertAll(scores, s => (float)(s - smallest)), scores.Length, 1));
        return BADGEStrategy.Seed(points, count, random, maxDegreeOfParallelism, cancellationToken);
    }

    private static double Loss(ReadOnlySpan<double> logits, int label) => Math.Max(0, CrossEntropyDirection.LogSum(logits) - logits[label]);

    /// <summary>θ + ρ (θ ∘ θ ∘ g) / ‖|θ| ∘ g‖.</summary>
    private static void Perturb(float[] learned, ReadOnlySpan<float> gradient, double radius, double[] direction, float[] moved)
    {
        for (int p = 0; p < direction.Length; p++)
        {
            direction[p] = Math.Abs((double)learned[p]) * gradient[p];
        }

        double norm = TensorPrimitives.Norm<double>(direction);
        double scale = norm > 0 ? radius / norm : 0;
        for (int p = 0; p < moved.Length; p++)
        {
            moved[p] = (float)(learned[p] + (scale * Math.Abs((double)learned[p]) * direction[p]));
        }
    }
}
