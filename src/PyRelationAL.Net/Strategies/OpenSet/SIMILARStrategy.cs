using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// SIMILAR: greedily, the batch with the largest submodular information measure of a query set, the labelled items (or those of rare classes), and a private
/// set, the items known to be of none of the task's classes.
/// </summary>
/// <remarks>
/// <para>
/// Kothawade, Beck, Killamsetty and Iyer, "SIMILAR: submodular information measures based active learning in realistic scenarios", NeurIPS 2021. For open-set
/// pools: <see cref="InformationMeasure.FLCMI"/> or <see cref="InformationMeasure.LogDetCMI"/>; for rare classes: <see cref="InformationMeasure.FLQMI"/>,
/// <see cref="InformationMeasure.GCMI"/> or <see cref="InformationMeasure.LogDetMI"/> with the rare classes named; against redundancy:
/// <see cref="InformationMeasure.FLCG"/> or <see cref="InformationMeasure.LogDetCG"/>, whose private set is everything known.
/// </para>
/// <para>
/// Similarities are cosines of rows or, as in the paper, of gradients of the last layer: (p − onehot(y)) ⊗ [h, 1] with the label y of a labelled item and the
/// predicted class of any other. The paper gives the classifier one more class for items of none; here the classifier has only the task's. Facility location
/// and graph cut count cosines below 0 as 0.
/// </para>
/// <para>
/// Scores are gains. Facility location is maximised lazily, which is exact; log-determinants, which are not always submodular, by looking at every candidate.
/// Of equal gains, such as 0 where nothing is left to gain, that of a facility location goes to the candidate that alone gains most; then the lowest index
/// decides. FLCMI and FLCG compare every candidate with every other, O(N²·D) time: on a large pool use a <see cref="SubPoolStrategy"/>. FLQMI and GCMI take
/// O(N·Q·D) and more for the candidates that are looked at again, log-determinants O(b·N·(b + Q + P)·D). Nothing of size N×N or N×(Q + P) is kept;
/// log-determinants keep O(N·b).
/// </para>
/// </remarks>
public sealed class SIMILARStrategy : Strategy
{
    private readonly InformationMeasure _measure;
    private readonly int[]? _classes;
    private readonly double _queryWeight;
    private readonly double _privateWeight;
    private readonly bool _gradients;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="measure">What to maximise. Default: facility-location conditional mutual information, for open-set pools.</param>
    /// <param name="classes">The classes whose labelled items are the query set; null for all of them.</param>
    /// <param name="queryWeight">η, at least 0: how much it counts to be like the query set. Default: 1.</param>
    /// <param name="privateWeight">ν, at least 0: how much it counts to be unlike the private set. Default: 1.</param>
    /// <param name="gradients">
    /// Whether to compare gradients of the last layer, as in the paper; <paramref name="space"/> then does not matter. Default: rows.
    /// </param>
    /// <param name="space">Which rows to compare: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">The measure is none of the known, a class or a weight is negative.</exception>
    /// <exception cref="ArgumentException">There is a list of classes, and it is empty.</exception>
    public SIMILARStrategy(
        InformationMeasure measure = InformationMeasure.FLCMI,
        IReadOnlyList<int>? classes = null,
        double queryWeight = 1,
        double privateWeight = 1,
        bool gradients = false,
        FeatureSpace space = FeatureSpace.Features)
    {
        _measure = Known(measure);
        if (classes is { Count: 0 })
        {
            throw new ArgumentException("The list of classes is empty: name at least one, or give null for all.", nameof(classes));
        }

        _classes = classes?.Select(c => Guard.NonNegative(c, nameof(classes))).ToArray();
        _queryWeight = Guard.NonNegative(queryWeight);
        _privateWeight = Guard.NonNegative(privateWeight);
        _gradients = gradients;
        _space = gradients ? FeatureSpace.Embeddings : space;
        Requirements = new Requirements(
            TaskKinds.Classification,
            (gradients ? Capabilities.ClassProbabilities : Capabilities.None)
            | _space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    private bool HasQuery => _measure is not (InformationMeasure.FLCG or InformationMeasure.LogDetCG);

    private bool HasPrivate => _measure is not (InformationMeasure.FLQMI or InformationMeasure.GCMI or InformationMeasure.LogDetMI);

    /// <summary>Selects positions by the cosines of rows.</summary>
    /// <param name="measure">What to maximise.</param>
    /// <param name="candidates">U [N×D].</param>
    /// <param name="query">Q, of the same width; may be empty where the measure has no query set.</param>
    /// <param name="privates">P, of the same width; may be empty.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="queryWeight">η, at least 0.</param>
    /// <param name="privateWeight">ν, at least 0.</param>
    /// <param name="gains">Gets the gain of each selected one; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, a number is out of range, or there is room for some gains but not for all.</exception>
    public static int[] Select(
        InformationMeasure measure,
        FeatureMatrix candidates,
        FeatureMatrix query,
        FeatureMatrix privates,
        int count,
        double queryWeight = 1,
        double privateWeight = 1,
        Span<double> gains = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        Known(measure);
        SelectionRows.Check(candidates, query, count, gains);
        SelectionRows.Check(candidates, privates, count);
        Guard.NonNegative(queryWeight);
        Guard.NonNegative(privateWeight);
        var sets = new InformationSets(candidates.RowCount, query.RowCount, privates.RowCount, queryWeight, privateWeight);
        var similarities = new CosineSimilarities(SelectionRows.Joined(SelectionRows.Joined(candidates, query), privates));
        return sets.Select(measure, similarities, count, gains, maxDegreeOfParallelism, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int[] query = HasQuery ? Query(context) : [];
        int[] known = _measure is InformationMeasure.FLCG or InformationMeasure.LogDetCG ? [.. Enumerable.Range(0, context.Labelled.Count)] : [];
        int outside = HasPrivate ? context.OutOfDistribution.Count : 0;

        // The query set and what of the private set is labelled never occur together.
        int[] labelled = [.. query, .. known];
        FeatureMatrix rows = context.PoolRows(_space);
        FeatureMatrix labelledRows = labelled.Length == 0 ? rows.Slice(0, 0) : context.LabelledRows(_space).SelectRows(labelled);
        FeatureMatrix outsideRows = outside == 0 ? rows.Slice(0, 0) : context.OutOfDistributionRows(_space);
        FeatureMatrix joined = SelectionRows.Joined(SelectionRows.Joined(rows, labelledRows), outsideRows);
        CosineSimilarities similarities = _gradients
            ? new CosineSimilarities(WithBias(joined), Factors(context, labelled, outside))
            : new CosineSimilarities(joined);
        var sets = new InformationSets(rows.RowCount, query.Length, known.Length + outside, _queryWeight, _privateWeight);
        var gains = new double[count];
        int[] selected = sets.Select(_measure, similarities, count, gains, context.MaxDegreeOfParallelism, context.CancellationToken);
        return new Batch(selected, gains);
    }

    private static InformationMeasure Known(InformationMeasure measure) => Enum.IsDefined(measure)
        ? measure
        : throw new ArgumentOutOfRangeException(
            nameof(measure), measure, $"{nameof(measure)} must be one of {string.Join(", ", Enum.GetNames<InformationMeasure>())}.");

    private int[] Query(QueryContext context)
    {
        int[] rows = [.. Enumerable.Range(0, context.Labelled.Count)];
        if (_classes is not null)
        {
            int[] labels = context.Labelled.ClassLabels();
            rows = [.. rows.Where(i => _classes.Contains(labels[i]))];
        }

        return rows.Length > 0
            ? rows
            : throw new InvalidOperationException(
                $"{Name} looks for items like labelled ones, and no item is labelled{(_classes is null ? string.Empty : " with one of its classes")}.");
    }

    private static FeatureMatrix WithBias(FeatureMatrix rows)
    {
        int width = rows.ColumnCount + 1;
        var values = new float[checked(rows.RowCount * width)];
        for (int i = 0; i < rows.RowCount; i++)
        {
            rows.Row(i).CopyTo(values.AsSpan(i * width));
            values[(i * width) + width - 1] = 1;
        }

        return new FeatureMatrix(values, rows.RowCount, width);
    }

    /// <summary>
    /// p − onehot(y), by rows, over its largest element: a cosine does not depend on the length, and float32 may not hold what a saturated softmax leaves.
    /// </summary>
    private static FeatureMatrix Factors(QueryContext context, int[] labelled, int outside)
    {
        int classes = context.Task.ClassCount, row = 0;
        var values = new float[checked((context.Pool.Count + labelled.Length + outside) * classes)];
        void Add(ClassProbabilities probabilities, int i, int label)
        {
            ReadOnlySpan<double> p = probabilities.Row(i);
            double largest = 0;
            for (int c = 0; c < classes; c++)
            {
                largest = Math.Max(largest, Math.Abs(c == label ? p[c] - 1 : p[c]));
            }

            for (int c = 0; c < classes && largest > 0; c++)
            {
                values[(row * classes) + c] = (float)((c == label ? p[c] - 1 : p[c]) / largest);
            }

            row++;
        }

        for (int i = 0; i < context.Pool.Count; i++)
        {
            Add(context.ClassProbabilities, i, context.ClassProbabilities.ArgMax(i));
        }

        int[] labels = labelled.Length == 0 ? [] : context.Labelled.ClassLabels();
        foreach (int i in labelled)
        {
            Add(context.LabelledClassProbabilities, i, labels[i]);
        }

        for (int i = 0; i < outside; i++)
        {
            Add(context.OutOfDistributionClassProbabilities, i, context.OutOfDistributionClassProbabilities.ArgMax(i));
        }

        return new FeatureMatrix(values, row, classes);
    }
}
