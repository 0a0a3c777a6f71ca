using System.Numerics.Tensors;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// BatchBALD: greedily, the candidate whose label adds most to the mutual information between the labels of the whole batch and the parameters,
/// I(y_A, y_x; θ) = H(y_A, y_x) − Σ_z∈A∪x (1/S) Σₘ H(Q[m,z]), in nats. Duplicates of what is in the batch add almost nothing.
/// </summary>
/// <remarks>
/// <para>
/// Kirsch, van Amersfoort and Gal, "BatchBALD: efficient and diverse batch acquisition for deep Bayesian active learning", NeurIPS 2019. With a batch of one it
/// is <see cref="ClassificationBALDStrategy"/>. Needs posterior samples that mean the same parameters for every item.
/// </para>
/// <para>
/// As long as the batch has at most M label configurations, the joint entropy is exact; beyond, it is estimated from M sampled ones, drawn anew for each step.
/// Since what a label adds can only shrink as the batch grows, a candidate whose last exact gain, or BALD, is below the best so far is not looked at; that
/// changes nothing. Where the entropy is estimated, candidates that are four standard errors behind after a part of the configurations are dropped. A step
/// costs O(M·S·C) for each candidate that is looked at to the end, less for configurations that leave no doubt which posterior sample they are of; memory O(M·S
/// + K·S·C).
/// </para>
/// <para>Scores are the gains at the time of selection. Ties go to the lowest index.</para>
/// </remarks>
public sealed class BatchBALDStrategy : Strategy
{
    private readonly int _configurationCount;
    private readonly int _candidateLimit;

    /// <summary>Creates the strategy.</summary>
    /// <param name="configurationCount">M: the most label configurations of the batch to compute with, at least 1.</param>
    /// <param name="candidateLimit">K: only so many candidates, those of the largest BALD, are considered; at least 1, and never fewer than the batch.</param>
    public BatchBALDStrategy(int configurationCount = 10_000, int candidateLimit = 5_000)
    {
        _configurationCount = Guard.Positive(configurationCount);
        _candidateLimit = Guard.Positive(candidateLimit);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.PosteriorClassSamples | Capabilities.ConsistentSamples) { LeastSampleCount = 2 };

    /// <summary>Selects positions from posterior samples.</summary>
    /// <param name="samples">Q [S×N×C]; sample m must mean the same parameters in every row.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">Draws label configurations where there are more than <paramref name="configurationCount"/>.</param>
    /// <param name="gains">Gets the gain of each selected one; empty where they are not wanted.</param>
    /// <param name="configurationCount">M, at least 1.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    public static int[] Select(
        PosteriorClassSamples samples,
        int count,
        RandomStream random,
        Span<double> gains = default,
        int configurationCount = 10_000,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(random);
        SelectionBounds.Check(count, samples.RowCount);
        Guard.Positive(configurationCount);
        if (!gains.IsEmpty)
        {
            Guard.SameLength(count, gains.Length, "gains", nameof(gains));
        }

        if (count == 0)
        {
            return [];
        }

        int n = samples.RowCount;
        double[] entropies = EntropiesOf(samples), conditional = MeanOfSamples(entropies, n), bound = EntropiesOf(samples.Mean());
        TensorPrimitives.Subtract(bound, conditional, bound);
        var configurations = new LabelConfigurations(samples, configurationCount, random);
        var selected = new int[count];
        var taken = new bool[n];
        var search = new LargestGain(samples, entropies, conditional, maxDegreeOfParallelism, cancellationToken);
        for (int k = 0; ; k++)
        {
            int best = k == 0 ? TensorPrimitives.IndexOfMax<double>(bound) : -1;
            double gain = k == 0 ? bound[best] : search.Find(configurations, bound, taken, out best);
            selected[k] = best;
            taken[best] = true;
            if (!gains.IsEmpty)
            {
                gains[k] = gain;
            }

            if (k == count - 1)
            {
                return selected;
            }

            configurations.Add(best);
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        double[] bald = context.Score(new ClassificationBald());
        int[] positions = TopPositions.Of(bald, Math.Max(count, Math.Min(_candidateLimit, bald.Length)));
        // Ascending, so that ties go to the lowest index.
        Array.Sort(positions);
        var gains = new double[count];
        int[] selected = Select(
            Gather(context, positions),
            count,
            context.RandomFor(nameof(BatchBALDStrategy)),
            gains,
            _configurationCount,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        return new Batch(Array.ConvertAll(selected, i => positions[i]), gains);
    }

    /// <summary>The samples of some positions, ascending, of the pool.</summary>
    internal static PosteriorClassSamples Gather(QueryContext context, int[] positions)
    {
        int classes = context.Task.ClassCount, next = 0;
        double[] values = [];
        int sampleCount = 0;
        foreach (PosteriorBlock<PosteriorClassSamples> block in context.PosteriorClassBlocks())
        {
            sampleCount = block.Samples.SampleCount;
            if (values.Length == 0)
            {
                values = new double[checked(sampleCount * positions.Length * classes)];
            }

            int end = next;
            while (end < positions.Length && positions[end] < block.Start + block.Samples.RowCount)
            {
                end++;
            }

            for (int m = 0; m < sampleCount; m++)
            {
                for (int i = next; i < end; i++)
                {
                    block.Samples.Row(m, positions[i] - block.Start).CopyTo(values.AsSpan(((m * positions.Length) + i) * classes));
                }
            }

            next = end;
        }

        return new PosteriorClassSamples(values, sampleCount, classes);
    }

    private static double[] EntropiesOf(ClassProbabilities probabilities)
    {
        var entropies = new double[probabilities.RowCount];
        Entropies.OfRows(probabilities.Values, probabilities.ClassCount, entropies);
        return entropies;
    }

    private static double[] EntropiesOf(PosteriorClassSamples samples)
    {
        var entropies = new double[samples.SampleCount * samples.RowCount];
        Entropies.OfRows(samples.Values, samples.ClassCount, entropies);
        return entropies;
    }

    private static double[] MeanOfSamples(double[] entropies, int rows)
    {
        var sums = new double[rows];
        for (int start = 0; start < entropies.Length; start += rows)
        {
            TensorPrimitives.Add(sums, entropies.AsSpan(start, rows), sums);
        }

        TensorPrimitives.Divide(sums, entropies.Length / rows, sums);
        return sums;
    }
}
