using PyRelationAL.Clustering;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// BEMPS: how much the label of x is expected to improve a strictly proper score of the predictions of other items x′,
/// ΔQ(x, x′) = Σ_y p̄(y|x) B(q(·|x′; x, y), p̄(·|x′)), where q is the prediction after (x, y) was seen and B the score's divergence. A batch is diverse in what
/// it improves.
/// </summary>
/// <remarks>
/// <para>
/// Tan, Du and Buntine, "Diversity enhanced active learning with strictly proper scoring rules", NeurIPS 2021. The x′ are a random share of the pool. The
/// candidates with the largest sums of ΔQ are kept; their vectors of ΔQ, at unit length, are clustered by k-means into as many clusters as the batch has items,
/// and the nearest candidate to each centre is queried. Where two centres share one, the batch is filled by the largest sums.
/// </para>
/// <para>
/// Scores are the means of ΔQ over x′. A batch of one is the largest. Needs posterior samples that mean the same parameters for every item.
/// O(N·X·S·C²) time for X items x′, O(N·X) memory for the candidates kept.
/// </para>
/// </remarks>
public abstract class ProperScoreStrategy : Strategy
{
    private const int BlockRows = 32;

    private readonly double _estimationShare;
    private readonly double _candidateShare;
    private readonly int _largestEstimationCount;

    private protected ProperScoreStrategy(double estimationShare, double candidateShare, int largestEstimationCount)
    {
        _estimationShare = Guard.Share(estimationShare);
        _candidateShare = Guard.Share(candidateShare);
        _largestEstimationCount = Guard.Positive(largestEstimationCount);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } =
        new(TaskKinds.Classification, Capabilities.PosteriorClassSamples | Capabilities.ConsistentSamples) { LeastSampleCount = 2 };

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int pool = context.Pool.Count;
        RandomStream random = context.RandomFor(GetType().Name);
        int others = Math.Clamp(Guard.FloorOfShare(_estimationShare, pool), 1, _largestEstimationCount);
        int[] positions = random.Child("estimation").Sample(pool, others);
        Array.Sort(positions);
        PosteriorClassSamples samplesOfOthers = context.PosteriorClassSamplesOf(context.Pool.SelectRows(positions));
        var joint = new JointLabels(samplesOfOthers);
        ClassProbabilities meanOfOthers = samplesOfOthers.Mean();

        // Twice through the pool: once for the sums, once for the vectors of those that are kept, since N·X numbers of the whole pool would be too many.
        var sums = new double[pool];
        ForEachGain(context, joint, meanOfOthers, null, (position, gains) => sums[position] = System.Numerics.Tensors.TensorPrimitives.Sum(gains));
        int kept = Math.Clamp(Guard.FloorOfShare(_candidateShare, pool), count, pool);
        int[] best = TopPositions.Of(sums, kept);
        int[] chosen = count == 1 ? best[..1] : Diverse(context, joint, meanOfOthers, best, count, random.Child("clusters"));
        return new Batch(chosen, Array.ConvertAll(chosen, i => sums[i] / others));
    }

    /// <summary>Writes ΔQ(x, x′) of one x with every x′, at least 0 up to rounding.</summary>
    /// <param name="joint">J(y, y′): row y begins at y·<paramref name="stride"/>, and in it x′ at x′·C; 0 behind the last.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="label">p̄(y|x) [C].</param>
    /// <param name="others">p̄(y′|x′) [X×C].</param>
    /// <param name="gains">X gains.</param>
    private protected abstract void WriteGains(
        ReadOnlySpan<double> joint, int stride, ReadOnlySpan<double> label, ClassProbabilities others, Span<double> gains);

    /// <summary>ΔQ of all pairs.</summary>
    private protected double[] Gains(PosteriorClassSamples candidates, PosteriorClassSamples others)
    {
        var joint = new JointLabels(others);
        var gains = new double[candidates.RowCount * others.RowCount];
        Write(joint, others.Mean(), candidates, 0, candidates.RowCount, _ => true, (row, values) => values.CopyTo(gains.AsSpan(row * others.RowCount)));
        return gains;
    }

    private int[] Diverse(QueryContext context, JointLabels joint, ClassProbabilities meanOfOthers, int[] best, int count, RandomStream random)
    {
        var row = new Dictionary<int, int>(best.Select((position, i) => KeyValuePair.Create(position, i)));
        var vectors = new float[checked(best.Length * joint.OtherCount)];
        ForEachGain(context, joint, meanOfOthers, row, (position, gains) =>
        {
            double norm = System.Numerics.Tensors.TensorPrimitives.Norm(gains);
            Span<float> vector = vectors.AsSpan(row[position] * joint.OtherCount, joint.OtherCount);
            for (int t = 0; norm > 0 && t < gains.Length; t++)
            {
                vector[t] = (float)(gains[t] / norm);
            }
        });
        var rows = new FeatureMatrix(vectors, best.Length, joint.OtherCount);
        ClusterAssignment clusters = new KMeans(maxDegreeOfParallelism: context.MaxDegreeOfParallelism).Cluster(
            rows, count, random.Child("k-means"), context.CancellationToken);
        List<int> chosen = [.. clusters.Representatives(rows, random.Child("members")).Distinct().Take(count).Order().Select(i => best[i])];
        chosen.AddRange(best.Where(i => !chosen.Contains(i)).Take(count - chosen.Count).ToArray());
        return [.. chosen];
    }

    private void ForEachGain(
        QueryContext context, JointLabels joint, ClassProbabilities meanOfOthers, Dictionary<int, int>? only, GainsOfCandidate use)
    {
        foreach (PosteriorBlock<PosteriorClassSamples> block in context.PosteriorClassBlocks())
        {
            Blocks.ForEach(
                block.Samples.RowCount,
                context.MaxDegreeOfParallelism,
                context.CancellationToken,
                (start, count) =>
                {
                    if (only is null || Enumerable.Range(block.Start + start, count).Any(only.ContainsKey))
                    {
                        Write(
                            joint,
                            meanOfOthers,
                            block.Samples,
                            start,
                            count,
                            row => only is null || only.ContainsKey(block.Start + row),
                            (row, gains) => use(block.Start + row, gains));
                    }
                },
                BlockRows);
        }
    }

    private void Write(
        JointLabels joint,
        ClassProbabilities meanOfOthers,
        PosteriorClassSamples samples,
        int start,
        int count,
        Func<int, bool> isWanted,
        GainsOfCandidate use)
    {
        int classes = joint.ClassCount;
        double[] table = new double[BlockRows * classes * joint.Columns], label = new double[classes], gains = new double[joint.OtherCount];
        for (int from = start; from < start + count; from += BlockRows)
        {
            int rows = Math.Min(BlockRows, start + count - from);
            joint.Write(samples, from, rows, table);
            for (int i = 0; i < rows; i++)
            {
                if (!isWanted(from + i))
                {
                    continue;
                }

                ReadOnlySpan<double> own = table.AsSpan(i * classes * joint.Columns, classes * joint.Columns);
                for (int y = 0; y < classes; y++)
                {
                    label[y] = System.Numerics.Tensors.TensorPrimitives.Sum(own.Slice(y * joint.Columns, classes));
                }

                WriteGains(own, joint.Columns, label, meanOfOthers, gains);
                use(from + i, gains);
            }
        }
    }

    private delegate void GainsOfCandidate(int candidate, ReadOnlySpan<double> gains);
}
