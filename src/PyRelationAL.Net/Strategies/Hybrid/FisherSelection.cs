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
        return OptimalDesign.ForwardAndBackward(design, count);
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
}
