using System.Numerics.Tensors;
using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// ALFA-Mix: queries items whose prediction changes when a little of the labelled items is mixed into their embedding z, one from each of b clusters of these.
/// Mixing with the mean z* of a class's labelled items, in the way that raises the loss most, gives z + (ε/√D) ‖z* − z‖ g/‖g‖, where g = ∇_z CE(head(z), ŷ).
/// </summary>
/// <remarks>
/// <para>
/// Parvaneh, Abbasnejad, Teney, Haffari, van den Hengel and Shi, "Active learning by feature mixing", CVPR 2022, in its closed form. The mixing weights
/// α = (ε/√D) ‖z* − z‖ g/‖g‖ / (z* − z) cancel against z* − z, so nothing is divided by 0. Classes without labelled items take the mean of all.
/// </para>
/// <para>
/// The share ε grows by <c>step</c> until more than b items change, or it is 1. Since the head is linear, the logits are linear in ε, and the ε at which an
/// item changes follows from one pass over the pool: O(N·C·D), in parallel. Then k-means on the embeddings of these items, scaled to length 1, and the item
/// nearest to each centre. Where that gives fewer than b, as where gradients are 0, random other candidates fill the batch; where nothing is labelled all are
/// random.
/// </para>
/// </remarks>
public sealed class ALFAMixStrategy : Strategy
{
    private readonly double _step;

    /// <summary>Creates the strategy.</summary>
    /// <param name="step">What ε grows by, in (0, 1]; the authors recommend 0.2 for the closed form. Default: 0.03125.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is out of range.</exception>
    public ALFAMixStrategy(double step = 0.03125)
    {
        _step = Guard.Positive(Guard.Share(step));
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.Embeddings | Capabilities.LinearHead);

    /// <summary>The smallest ε, above 0, beyond which the prediction of each candidate changes when it is mixed with one of the classes' means.
    /// O(N·C·D).</summary>
    /// <param name="candidates">Embeddings of the candidates [N×D].</param>
    /// <param name="labelled">Embeddings of the labelled items [L×D], at least one.</param>
    /// <param name="labels">Their classes [L], each in [0, C).</param>
    /// <param name="head">The linear map to C logits.</param>
    /// <param name="shares">N numbers to write; infinite where it never changes.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, nothing is labelled, or a label is no class of the head.</exception>
    public static void Compute(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        ReadOnlySpan<int> labels,
        LinearHead head,
        Span<double> shares,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentNullException.ThrowIfNull(head);
        Guard.SameLength(candidates.RowCount, shares.Length, "shares", nameof(shares));
        Guard.SameLength(head.EmbeddingWidth, candidates.ColumnCount, "columns of the candidates", nameof(candidates));
        Guard.SameLength(head.EmbeddingWidth, labelled.ColumnCount, "columns of the labelled rows", nameof(labelled));
        Guard.SameLength(labelled.RowCount, labels.Length, "labels", nameof(labels));
        double[][] means = Means(labelled, labels, head.OutputCount);
        var result = new double[shares.Length];
        Blocks.ForEach(result.Length, maxDegreeOfParallelism, cancellationToken, (start, count) =>
            Write(candidates.Slice(start, count), means, head, result.AsSpan(start, count)));
        result.CopyTo(shares);
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(ALFAMixStrategy));
        int[] changing = Changing(context, count);
        int[] selected = changing.Length == 0 ? [] : OneOfEachCluster(context, changing, count, random.Child("clusters"));
        var taken = new HashSet<int>(selected);
        int[] rest = [.. Enumerable.Range(0, context.Pool.Count).Where(i => !taken.Contains(i))];
        int[] fill = random.Child("fill").Sample(rest.Length, count - selected.Length);
        return new Batch([.. selected, .. fill.Select(i => rest[i])]);
    }

    /// <summary>The positions of the items that change at the smallest ε tried at which more than so many do, or at 1.</summary>
    private int[] Changing(QueryContext context, int count)
    {
        FeatureMatrix pool = context.PoolRows(FeatureSpace.Embeddings);
        if (context.Labelled.Count == 0)
        {
            return [];
        }

        var shares = new double[pool.RowCount];
        Compute(
            pool,
            context.LabelledRows(FeatureSpace.Embeddings),
            context.Labelled.ClassLabels(),
            context.Head,
            shares,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        double share = 0;
        for (int tries = 1; share < 1 && shares.Count(s => s < share) <= count; tries++)
        {
            share = Math.Min(1, tries * _step);
        }

        return [.. Enumerable.Range(0, shares.Length).Where(i => shares[i] < share)];
    }

    private static int[] OneOfEachCluster(QueryContext context, int[] positions, int count, RandomStream random)
    {
        FeatureMatrix rows = context.PoolRows(FeatureSpace.Embeddings);
        var values = new float[checked(positions.Length * rows.ColumnCount)];
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> row = values.AsSpan(i * rows.ColumnCount, rows.ColumnCount);
            rows.Row(positions[i]).CopyTo(row);
            double length = Math.Sqrt(new RowPoints(rows).SquaredNorm(positions[i]));
            if (length > 0)
            {
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] = (float)(row[j] / length);
                }
            }
        }

        var unit = new FeatureMatrix(values, positions.Length, rows.ColumnCount);
        ClusterAssignment clusters = new KMeans(maxDegreeOfParallelism: context.MaxDegreeOfParallelism).Cluster(
            unit, Math.Min(count, positions.Length), random.Child("starts"), context.CancellationToken);
        return [.. clusters.Representatives(unit, random.Child("members")).Select(i => positions[i])];
    }

    private static double[][] Means(FeatureMatrix rows, ReadOnlySpan<int> labels, int classCount)
    {
        if (labels.IsEmpty)
        {
            throw new ArgumentException("There is nothing to mix: no item is labelled.", nameof(labels));
        }

        // The last is the mean of all.
        double[][] means = [.. Enumerable.Range(0, classCount + 1).Select(_ => new double[rows.ColumnCount])];
        var counts = new int[classCount + 1];
        var wide = new double[rows.ColumnCount];
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classCount)
            {
                throw new ArgumentException(Guard.Text($"The label of row {i} is {labels[i]}; the head has classes 0 to {classCount - 1}."), nameof(labels));
            }

            WideRows.Widen(rows.Row(i), wide);
            foreach (int c in (ReadOnlySpan<int>)[labels[i], classCount])
            {
                TensorPrimitives.Add(means[c], wide, means[c]);
                counts[c]++;
            }
        }

        for (int c = 0; c <= classCount; c++)
        {
            TensorPrimitives.Divide(means[c], Math.Max(1, counts[c]), means[c]);
        }

        return [.. means.Where((_, c) => counts[c] > 0 && (c < classCount || counts.AsSpan(0, classCount).Contains(0)))];
    }

    private static void Write(FeatureMatrix rows, double[][] means, LinearHead head, Span<double> shares)
    {
        int classes = head.OutputCount, width = head.EmbeddingWidth;
        double[] logits = head.Apply(rows);
        double[] weights = new double[classes], gradient = new double[width], z = new double[width];
        for (int i = 0; i < shares.Length; i++)
        {
            ReadOnlySpan<double> row = logits.AsSpan(i * classes, classes);
            int predicted = TensorPrimitives.IndexOfMax(row);
            CrossEntropyDirection.Write(row, predicted, weights);
            Array.Clear(gradient);
            for (int c = 0; c < classes; c++)
            {
                TensorPrimitives.MultiplyAdd(head.Weights.Slice(c * width, width), weights[c], gradient, gradient);
            }

            WideRows.Widen(rows.Row(i), z);
            double farthest = 0;
            foreach (double[] mean in means)
            {
                farthest = Math.Max(farthest, TensorPrimitives.Distance<double>(mean, z));
            }

            // How far along g/‖g‖ the first other class becomes the largest; the farthest mean gets there with the least ε.
            double norm = TensorPrimitives.Norm<double>(gradient), length = double.PositiveInfinity;
            double slope = TensorPrimitives.Dot(head.Weights.Slice(predicted * width, width), gradient);
            for (int k = 0; k < classes; k++)
            {
                double gain = (TensorPrimitives.Dot(head.Weights.Slice(k * width, width), gradient) - slope) / norm;
                length = gain > 0 ? Math.Min(length, (row[predicted] - row[k]) / gain) : length;
            }

            shares[i] = farthest > 0 ? length * Math.Sqrt(width) / farthest : double.PositiveInfinity;
        }
    }
}
