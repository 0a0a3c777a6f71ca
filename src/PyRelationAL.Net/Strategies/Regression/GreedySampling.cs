using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Greedy sampling by distances in the output, or in input and output: what GSy and iGS share.</summary>
internal static class GreedySampling
{
    private const int BlockRows = 1024;

    public static int[] Select(
        FeatureMatrix candidates,
        ReadOnlySpan<double> predictions,
        FeatureMatrix labelled,
        ReadOnlySpan<double> values,
        int count,
        bool inputs,
        int inputsFirst,
        Span<double> scores,
        int threads,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        SelectionBounds.Check(count, candidates.RowCount);
        Guard.SameLength(candidates.RowCount, predictions.Length, "predictions", nameof(predictions));
        Guard.SameLength(labelled.RowCount, values.Length, "labelled values", nameof(values));
        Guard.AllFinite(predictions, 1, "the predictions", nameof(predictions));
        Guard.AllFinite(values, 1, "the labelled values", nameof(values));
        if (!scores.IsEmpty)
        {
            Guard.SameLength(count, scores.Length, "scores", nameof(scores));
        }

        // Checks the widths too.
        int first = Math.Clamp(inputsFirst - labelled.RowCount, 0, count);
        int[] selected = [.. KCentreGreedyStrategy.Select(candidates, labelled, first, scores.IsEmpty ? default : scores[..first], threads, cancellationToken)];
        Array.Resize(ref selected, count);
        var points = new RowPoints(candidates, labelled);
        double[] outputs = [.. predictions, .. values], nearest = new double[candidates.RowCount];
        var taken = new bool[nearest.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        for (int l = 0; l < labelled.RowCount; l++)
        {
            Lower(nearest.Length + l);
        }

        for (int k = 0; k < count; k++)
        {
            if (k >= first)
            {
                selected[k] = TopPositions.LargestLeft(nearest, taken);
                if (!scores.IsEmpty)
                {
                    scores[k] = nearest[selected[k]];
                }
            }

            taken[selected[k]] = true;
            Lower(selected[k]);
        }

        return selected;

        // The distance of each candidate to the nearest of what is labelled or taken, after one more.
        void Lower(int point) => Blocks.ForEach(
            nearest.Length,
            threads,
            cancellationToken,
            (start, rows) =>
            {
                Span<double> apart = stackalloc double[rows], distances = stackalloc double[rows];
                TensorPrimitives.Subtract(outputs.AsSpan(start, rows), outputs[point], apart);
                TensorPrimitives.Abs(apart, apart);
                if (inputs)
                {
                    points.SquaredDistances(point, start, distances);
                    TensorPrimitives.Sqrt(distances, distances);
                    TensorPrimitives.Multiply(apart, distances, apart);
                }

                TensorPrimitives.Min(nearest.AsSpan(start, rows), apart, nearest.AsSpan(start, rows));
            },
            BlockRows);
    }
}
