using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// EPIG: what the label of x tells about the labels of target items x′, s = (1/T) Σₜ I(y; y′ₜ), in nats, in [0, ln C] up to rounding. BALD asks what a label
/// tells about the parameters, also about those that matter to no prediction; EPIG only about predictions.
/// </summary>
/// <remarks>
/// <para>
/// Bickford Smith, Kirsch, Farquhar, Gal, Foster and Rainforth, "Prediction-oriented Bayesian active learning", AISTATS 2023. With J(y, y′) = (1/S) Σₘ Q[m,x,y]
/// Q[m,x′,y′] it is H(p̄(x)) + mean H(p̄(x′)) − mean H(J). Few samples S bias it upwards for unrelated items.
/// </para>
/// <para>
/// Targets should come from where the model will be used. Without any, T random candidates of the pool stand for it, the same for all scores of a round. Needs
/// posterior samples that mean the same parameters for every item. O(N·T·S·C²), in parallel over candidates.
/// </para>
/// </remarks>
public sealed class ExpectedPredictiveInformationGain : IInformativenessFunction
{
    private const int BlockRows = 32;

    private readonly int _targetCount;
    private readonly DatasetView? _targets;

    /// <summary>Creates the score with random candidates as targets.</summary>
    /// <param name="targetCount">T, at least 1; the whole pool where it is smaller.</param>
    public ExpectedPredictiveInformationGain(int targetCount = 100)
    {
        _targetCount = Guard.Positive(targetCount);
    }

    /// <summary>Creates the score with given targets.</summary>
    /// <param name="targets">The items whose labels matter; at least one. They need no labels.</param>
    public ExpectedPredictiveInformationGain(DatasetView targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _targetCount = Guard.Positive(targets.Count);
        _targets = targets;
    }

    /// <inheritdoc/>
    public Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.PosteriorClassSamples | Capabilities.ConsistentSamples) { LeastSampleCount = 2 };

    /// <summary>Scores posterior samples.</summary>
    /// <param name="candidates">Q of the candidates [S×N×C].</param>
    /// <param name="targets">Q of the targets [S×T×C], under the same parameters; T at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no target.</exception>
    public static void Compute(PosteriorClassSamples candidates, PosteriorClassSamples targets, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.SameLength(candidates.RowCount, scores.Length, "scores", nameof(scores));
        Guard.SameLength(candidates.SampleCount, targets.SampleCount, "samples of the targets", nameof(targets));
        Guard.SameLength(candidates.ClassCount, targets.ClassCount, "classes of the targets", nameof(targets));
        Guard.Positive(targets.RowCount);
        var joint = new JointLabels(targets);
        double targetEntropy = MeanEntropy(targets);
        for (int start = 0; start < scores.Length; start += BlockRows)
        {
            int count = Math.Min(BlockRows, scores.Length - start);
            Write(joint, targetEntropy, candidates, start, scores.Slice(start, count));
        }
    }

    /// <inheritdoc/>
    public double[] Score(QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Pool.Count == 0)
        {
            return [];
        }

        PosteriorClassSamples targets = context.PosteriorClassSamplesOf(_targets ?? context.Pool.SelectRows(RandomTargets(context)));
        var joint = new JointLabels(targets);
        double targetEntropy = MeanEntropy(targets);
        var scores = new double[context.Pool.Count];
        foreach (PosteriorBlock<PosteriorClassSamples> block in context.PosteriorClassBlocks())
        {
            Blocks.ForEach(
                block.Samples.RowCount,
                context.MaxDegreeOfParallelism,
                context.CancellationToken,
                (start, count) => Write(joint, targetEntropy, block.Samples, start, scores.AsSpan(block.Start + start, count)),
                BlockRows);
        }

        return scores;
    }

    private static void Write(JointLabels joint, double targetEntropy, PosteriorClassSamples samples, int start, Span<double> scores)
    {
        int classes = joint.ClassCount, rowLength = joint.Columns;
        double[] table = new double[scores.Length * classes * rowLength], terms = new double[rowLength];
        joint.Write(samples, start, scores.Length, table);
        for (int i = 0; i < scores.Length; i++)
        {
            double negativeJoint = 0, entropy = 0;
            for (int y = 0; y < classes; y++)
            {
                ReadOnlySpan<double> row = table.AsSpan(((i * classes) + y) * rowLength, rowLength);
                Entropies.Terms(row, terms);
                negativeJoint += System.Numerics.Tensors.TensorPrimitives.Sum<double>(terms);
                // The row's first C values are one target's joint distribution, whose sum is p̄(y | x).
                entropy -= Entropies.XLogX(System.Numerics.Tensors.TensorPrimitives.Sum(row[..classes]));
            }

            scores[i] = entropy + targetEntropy + (negativeJoint / joint.OtherCount);
        }
    }

    private static double MeanEntropy(PosteriorClassSamples targets)
    {
        var entropies = new double[targets.RowCount];
        Entropies.OfRows(targets.Mean().Values, targets.ClassCount, entropies);
        return System.Numerics.Tensors.TensorPrimitives.Average<double>(entropies);
    }

    private int[] RandomTargets(QueryContext context)
    {
        int[] positions = context.RandomFor(nameof(ExpectedPredictiveInformationGain)).Sample(context.Pool.Count, Math.Min(_targetCount, context.Pool.Count));
        Array.Sort(positions);
        return positions;
    }
}
