using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// CCAL, contrastive coding: items whose semantic features are like those of labelled items, and whose distinctive features are unlike those of a class's
/// labelled items. For each class c in turn the candidate with the largest tanh(k (S − t)/2) + 1 − D_c, with S the cosine with the nearest labelled item and
/// D_c = ¼ Σ over the four shifts of 2 v₁ − v₂ + cos(a₁, a₂), v₁ ≥ v₂ the two largest cosines with labelled items a₁, a₂ of class c; S and D_c are brought to
/// [0, 1] over the pool.
/// </summary>
/// <remarks>
/// <para>
/// Du, Zhao, Chen, Chai, Chen and Li, "Contrastive coding for active learning under class distribution mismatch", ICCV 2021. Both kinds of features are
/// learned from labelled items, those known to be of no class, and the pool, as <see cref="ContrastiveLearning"/> says; the paper learns them from images.
/// Which items are of no class plays no other part.
/// </para>
/// <para>
/// Each of the C classes with labelled items gets ⌊b/C⌋ places, dealt out in turn, and what is left goes to the largest S. A class with one labelled item has
/// v₂ = v₁ and cos(a₁, a₂) = 1. Ties go to the lowest index. Scoring takes O(N·L·E) time for E features, in parallel over candidates, and O(N·(C + E))
/// memory; learning, on one thread, O(epochs · rows · (H·(D + E) + 256 · E)). No model is needed.
/// </para>
/// </remarks>
public sealed class CCALStrategy : Strategy
{
    private readonly double _sharpness;
    private readonly double _threshold;
    private readonly ContrastiveFeatures _semantic;
    private readonly ContrastiveFeatures _distinctive;

    /// <summary>Creates the strategy.</summary>
    /// <param name="sharpness">k, greater than 0. Default: 100, as in the paper's code.</param>
    /// <param name="threshold">t, in [0, 1]: from which S on an item is taken for one of the classes. Default: 0.9.</param>
    /// <param name="learning">How features are learned; null for the defaults.</param>
    /// <param name="space">What they are learned from: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CCALStrategy(double sharpness = 100, double threshold = 0.9, ContrastiveLearning? learning = null, FeatureSpace space = FeatureSpace.Features)
    {
        _sharpness = Guard.Positive(sharpness);
        _threshold = Guard.Share(threshold);
        learning ??= new ContrastiveLearning();
        _semantic = new ContrastiveFeatures("CCALStrategy, semantic", false, learning, space);
        _distinctive = new ContrastiveFeatures("CCALStrategy, distinctive", true, learning, space);
        Requirements = new Requirements(TaskKinds.Classification, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from features of one's own.</summary>
    /// <param name="semantic">Semantic features of the candidates [N×E].</param>
    /// <param name="labelledSemantic">Those of the labelled items [L×E], at least one.</param>
    /// <param name="distinctive">Distinctive features of the candidates [N×E′] under each shift; at least one, the first without a shift.</param>
    /// <param name="labelledDistinctive">Those of the labelled items [L×E′] under the same shifts.</param>
    /// <param name="classes">The class of each labelled item [L], from 0.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="sharpness">k, greater than 0.</param>
    /// <param name="threshold">t, in [0, 1].</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, nothing is labelled, or a number is out of range.</exception>
    public static int[] Select(
        FeatureMatrix semantic,
        FeatureMatrix labelledSemantic,
        IReadOnlyList<FeatureMatrix> distinctive,
        IReadOnlyList<FeatureMatrix> labelledDistinctive,
        ReadOnlySpan<int> classes,
        int count,
        double sharpness = 100,
        double threshold = 0.9,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(semantic, labelledSemantic, count);
        ArgumentNullException.ThrowIfNull(distinctive);
        ArgumentNullException.ThrowIfNull(labelledDistinctive);
        Guard.Positive(labelledSemantic.RowCount, nameof(labelledSemantic));
        Guard.Positive(distinctive.Count, nameof(distinctive));
        Guard.SameLength(distinctive.Count, labelledDistinctive.Count, "shifts", nameof(labelledDistinctive));
        Guard.SameLength(labelledSemantic.RowCount, classes.Length, "classes", nameof(classes));
        for (int k = 0; k < distinctive.Count; k++)
        {
            SelectionRows.Check(distinctive[k], labelledDistinctive[k], 0);
            Guard.SameLength(semantic.RowCount, distinctive[k].RowCount, "distinctive features", nameof(distinctive));
            Guard.SameLength(labelledSemantic.RowCount, labelledDistinctive[k].RowCount, "labelled distinctive features", nameof(labelledDistinctive));
        }

        (double[] likeness, double[][] scores) = Scores(
            semantic, labelledSemantic, distinctive, labelledDistinctive, classes.ToArray(), sharpness, threshold, maxDegreeOfParallelism, cancellationToken);
        return Deal(likeness, scores, count);
    }

    /// <summary>S, and the scores of each class that has labelled items.</summary>
    internal static (double[] Likeness, double[][] Scores) Scores(
        FeatureMatrix semantic,
        FeatureMatrix labelledSemantic,
        IReadOnlyList<FeatureMatrix> distinctive,
        IReadOnlyList<FeatureMatrix> labelledDistinctive,
        int[] classes,
        double sharpness,
        double threshold,
        int threads,
        CancellationToken cancellationToken)
    {
        Guard.Positive(sharpness);
        Guard.Share(threshold);
        double[] likeness = new Cosines(labelledSemantic).Largest(semantic, threads, cancellationToken);
        ToUnitInterval(likeness);
        double[][] scores =
        [
            .. classes.Distinct().Order().Select(c =>
            {
                int[] members = [.. Enumerable.Range(0, classes.Length).Where(l => classes[l] == c)];
                var near = new double[semantic.RowCount];
                for (int k = 0; k < distinctive.Count; k++)
                {
                    AddNearness(distinctive[k], labelledDistinctive[k].SelectRows(members), near, threads, cancellationToken);
                }

                ToUnitInterval(near);
                return near.Select((d, i) => Math.Tanh(sharpness * (likeness[i] - threshold) / 2) + 1 - d).ToArray();
            }),
        ];
        return (likeness, scores);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Labelled.Count == 0)
        {
            throw new InvalidOperationException($"{Name} looks for items like labelled ones, and no item is labelled yet.");
        }

        int pool = context.Pool.Count;
        FeatureMatrix semantic = _semantic.Of(context, 1)[0];
        FeatureMatrix[] distinctive = _distinctive.Of(context, ContrastiveEncoder.ShiftCount);
        return new Batch(Select(
            semantic.Slice(0, pool),
            semantic.Slice(pool, context.Labelled.Count),
            Array.ConvertAll(distinctive, f => f.Slice(0, pool)),
            Array.ConvertAll(distinctive, f => f.Slice(pool, context.Labelled.Count)),
            context.Labelled.ClassLabels(),
            count,
            _sharpness,
            _threshold,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    /// <summary>Adds 2 v₁ − v₂ + cos(a₁, a₂) of each candidate.</summary>
    private static void AddNearness(FeatureMatrix candidates, FeatureMatrix members, double[] near, int threads, CancellationToken cancellationToken)
    {
        var cosines = new Cosines(members);
        Blocks.ForEach(
            near.Length,
            threads,
            cancellationToken,
            (start, count) =>
            {
                var row = new double[members.RowCount];
                Span<double> between = stackalloc double[1];
                for (int i = start; i < start + count; i++)
                {
                    cosines.Of(candidates.Row(i), 0, row);
                    int[] two = TopPositions.Of(row, Math.Min(2, row.Length));
                    cosines.Of(members.Row(two[0]), two[^1], between);
                    near[i] += (2 * row[two[0]]) - row[two[^1]] + between[0];
                }
            },
            blockRows: 64);
    }

    /// <summary>(v − min)/(max − min); 0 where all are equal.</summary>
    private static void ToUnitInterval(double[] values)
    {
        if (values.Length > 0)
        {
            double least = values.Min(), range = values.Max() - least;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = range > 0 ? (values[i] - least) / range : 0;
            }
        }
    }

    private static int[] Deal(double[] likeness, double[][] scores, int count)
    {
        var taken = new bool[likeness.Length];
        var selected = new List<int>(count);
        Queue<int>[] queues = Array.ConvertAll(scores, s => new Queue<int>(TopPositions.Of(s, Math.Min(s.Length, count))));
        void Take(Queue<int> queue)
        {
            while (taken[queue.Peek()])
            {
                queue.Dequeue();
            }

            selected.Add(queue.Peek());
            taken[queue.Dequeue()] = true;
        }

        for (int place = 0; place < count / queues.Length * queues.Length; place++)
        {
            Take(queues[place % queues.Length]);
        }

        var rest = new Queue<int>(TopPositions.Of(likeness, count));
        while (selected.Count < count)
        {
            Take(rest);
        }

        return [.. selected];
    }
}
