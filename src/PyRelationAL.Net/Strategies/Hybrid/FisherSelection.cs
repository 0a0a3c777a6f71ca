using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The objective of BAIT from Fisher information of any number of outputs.</summary>
internal static class FisherSelection
{
    public static int[] Select(
        FisherInformation candidates, FisherInformation labelled, int count, double regularisation, int threads, CancellationToken cancellationToken)
    {
        SelectionBounds.Check(count, candidates.Rows.RowCount);
        Guard.Positive(regularisation);
        int size = candidates.Size, l = labelled.Rows.RowCount;
        if (l > 0)
        {
            Guard.SameLength(candidates.Rows.ColumnCount, labelled.Rows.ColumnCount, "columns of the labelled rows", nameof(labelled));
        }

        RefuseLarge(size);
        if (count == 0)
        {
            return [];
        }

        double share = l / (l + (double)count);
        double[] precision = Identity(size, regularisation), target = new double[size * size];
        double all = l + candidates.Rows.RowCount;
        candidates.AddTo(target, 1 / all, threads, cancellationToken);
        if (l > 0)
        {
            labelled.AddTo(target, 1 / all, threads, cancellationToken);
            labelled.AddTo(precision, share / l, threads, cancellationToken);
        }

        var design = new OptimalDesign(candidates, Math.Sqrt(1 - share), precision, regularisation, target, threads, cancellationToken);
        return ForwardAndBackward(design, candidates.Rows.RowCount, count, cancellationToken);
    }

    /// <summary>λI [n×n].</summary>
    public static double[] Identity(int size, double scale)
    {
        var identity = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            identity[(i * size) + i] = scale;
        }

        return identity;
    }

    /// <summary>Refuses matrices that would not fit into memory.</summary>
    public static void RefuseLarge(int size)
    {
        if (size > FisherInformation.LargestSize)
        {
            throw new ArgumentException(Guard.Text(
                $"A matrix of {size}×{size} would be needed, and {FisherInformation.LargestSize} is the most: project the rows to fewer columns first."));
        }
    }

    /// <summary>Forward, greedily, twice as many as are wanted, then backward, the least missed first.</summary>
    private static int[] ForwardAndBackward(OptimalDesign design, int candidates, int count, CancellationToken cancellationToken)
    {
        int forward = (int)Math.Min(2L * count, candidates);
        int[] selected = design.Forward(forward, default);
        design.Update(selected[^1], 1);
        OptimalDesign left = design.Keep(selected);
        var kept = Enumerable.Range(0, forward).ToList();
        while (kept.Count > count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int worst = 0;
            double least = double.PositiveInfinity;
            for (int k = 0; k < kept.Count; k++)
            {
                double loss = left.Change(kept[k], -1);
                // Of equals the last goes, so that the lowest index stays.
                if (loss <= least)
                {
                    (worst, least) = (k, loss);
                }
            }

            left.Update(kept[worst], -1);
            kept.RemoveAt(worst);
        }

        return [.. kept.Select(k => selected[k])];
    }
}
