using System.Numerics.Tensors;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>How far a batch is from making up what classes lack, ‖Ω − Σ p‖₁, as it grows.</summary>
internal sealed class ClassBalance
{
    private readonly ClassProbabilities _probabilities;
    private readonly double[] _missing;

    /// <param name="probabilities">P [N×C].</param>
    /// <param name="missing">Ω, C values: how many labels each class lacks.</param>
    /// <param name="count">The size of the batch.</param>
    public ClassBalance(ClassProbabilities probabilities, ReadOnlySpan<double> missing, int count)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        SelectionBounds.Check(count, probabilities.RowCount);
        Guard.SameLength(probabilities.ClassCount, missing.Length, "missing labels", nameof(missing));
        Guard.AllFinite(missing, 1, "missing labels", nameof(missing));
        _probabilities = probabilities;
        _missing = missing.ToArray();
    }

    /// <summary>max(⌊(L + b) / C⌋ − labels, 0) of each class, one without labels included.</summary>
    public static double[] Missing(QueryContext context, int count)
    {
        var counts = new int[context.Task.ClassCount];
        foreach (int c in context.Labelled.ClassLabels())
        {
            counts[c]++;
        }

        int threshold = (context.Labelled.Count + count) / counts.Length;
        return [.. counts.Select(n => (double)Math.Max(threshold - n, 0))];
    }

    /// <summary>‖Ω − s − pᵢ‖₁ with s the sum of those added.</summary>
    public double With(int row)
    {
        ReadOnlySpan<double> p = _probabilities.Row(row);
        double sum = 0;
        for (int c = 0; c < p.Length; c++)
        {
            sum += Math.Abs(_missing[c] - p[c]);
        }

        return sum;
    }

    public void Add(int row) => TensorPrimitives.Subtract(_missing, _probabilities.Row(row), _missing);

    /// <summary>The candidate with the smallest cost that is not taken, the lowest where several are; costs are computed in parallel.</summary>
    public static int Smallest(bool[] taken, Func<int, double> cost, int threads, CancellationToken cancellationToken)
    {
        var costs = new double[taken.Length];
        Blocks.ForEach(taken.Length, threads, cancellationToken, (start, count) =>
        {
            for (int i = start; i < start + count; i++)
            {
                costs[i] = taken[i] ? double.PositiveInfinity : cost(i);
            }
        });
        return TensorPrimitives.IndexOfMin<double>(costs);
    }
}
