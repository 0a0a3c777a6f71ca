using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Moves inputs step by step until their predicted class changes, many at once: a row that has got there takes no further part.
/// </summary>
internal static class AdversarialSearch
{
    private const int BlockValues = 1 << 20;
    private const int BlockRows = 1024;

    /// <summary>The squared lengths ‖η‖² of the moves.</summary>
    /// <param name="function">The model.</param>
    /// <param name="inputs">x [N×F].</param>
    /// <param name="maxIterations">The most steps.</param>
    /// <param name="reach">What η is multiplied by before the class is looked at; 1, or a little more for steps that end on the boundary itself.</param>
    /// <param name="step">Gives the steps.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>N numbers; infinite where there is no way, or none in so many steps.</returns>
    public static double[] SquaredDistances(
        IInputGradients function, FeatureMatrix inputs, int maxIterations, double reach, AdversarialStep step, CancellationToken cancellationToken)
    {
        var distances = new double[inputs.RowCount];
        Array.Fill(distances, double.PositiveInfinity);
        if (distances.Length == 0)
        {
            return distances;
        }

        int rows = Math.Clamp(BlockValues / Math.Max(1, Math.Max(inputs.ColumnCount, function.OutputCount)), 1, BlockRows);
        for (int start = 0; start < distances.Length; start += rows)
        {
            int count = Math.Min(rows, distances.Length - start);
            Search(function, inputs.Slice(start, count), maxIterations, reach, step, distances.AsSpan(start, count), cancellationToken);
        }

        return distances;
    }

    /// <summary>The nearest first, and with them their scores −‖η‖²; those that never got there come last, with the lowest number there is.</summary>
    public static (int[] Positions, double[] Scores) Nearest(double[] distances, int count)
    {
        double[] scores = Array.ConvertAll(distances, d => Math.Max(-d, double.MinValue));
        int[] positions = TopPositions.Of(scores, count);
        return (positions, Array.ConvertAll(positions, i => scores[i]));
    }

    private static void Search(
        IInputGradients function,
        FeatureMatrix inputs,
        int maxIterations,
        double reach,
        AdversarialStep step,
        Span<double> distances,
        CancellationToken cancellationToken)
    {
        int width = inputs.ColumnCount, outputCount = function.OutputCount;
        var moves = new double[distances.Length * width];
        var classes = new int[distances.Length];
        int[] open = [.. Enumerable.Range(0, distances.Length)];
        FeatureMatrix moved = inputs;
        for (int iteration = 0; open.Length > 0; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] outputs = function.Outputs(moved, cancellationToken);
            Guard.SameLength(open.Length * outputCount, outputs.Length, "the model's outputs", nameof(function));
            Guard.AllFinite(outputs, outputCount, "the model's outputs", nameof(function));
            var still = new List<int>();
            for (int j = 0; j < open.Length; j++)
            {
                ReadOnlySpan<double> z = outputs.AsSpan(j * outputCount, outputCount);
                if (iteration == 0)
                {
                    classes[open[j]] = TensorPrimitives.IndexOfMax(z);
                }

                if (HasLeft(z, classes[open[j]]))
                {
                    distances[open[j]] = TensorPrimitives.SumOfSquares<double>(moves.AsSpan(open[j] * width, width));
                }
                else
                {
                    still.Add(j);
                }
            }

            if (iteration == maxIterations || still.Count == 0)
            {
                return;
            }

            double[] left = [.. still.SelectMany(j => outputs[(j * outputCount)..((j + 1) * outputCount)])];
            var steps = new double[still.Count * width];
            int[] stillOpen = [.. still.Select(j => open[j])];
            step(
                function,
                moved.SelectRows(CollectionsMarshal.AsSpan(still)),
                left,
                Array.ConvertAll(stillOpen, row => classes[row]),
                steps,
                cancellationToken);
            (open, moved) = Move(inputs, moves, stillOpen, steps, reach);
        }
    }

    /// <summary>Whether another class is at least as likely: on the boundary itself nothing is left to go.</summary>
    private static bool HasLeft(ReadOnlySpan<double> outputs, int label)
    {
        for (int k = 0; k < outputs.Length; k++)
        {
            if (k != label && outputs[k] >= outputs[label])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the steps, and gives the rows that have one, and where they are now; a row that left the range of float32 has none.</summary>
    private static (int[] Open, FeatureMatrix Moved) Move(FeatureMatrix inputs, double[] moves, int[] rows, double[] steps, double reach)
    {
        int width = inputs.ColumnCount;
        var open = new List<int>(rows.Length);
        var values = new float[steps.Length];
        for (int j = 0; j < rows.Length; j++)
        {
            ReadOnlySpan<double> stepOfRow = steps.AsSpan(j * width, width);
            if (stepOfRow.IndexOfAnyExcept(0.0) < 0)
            {
                continue;
            }

            Span<double> move = moves.AsSpan(rows[j] * width, width);
            TensorPrimitives.Add(move, stepOfRow, move);
            Span<float> to = values.AsSpan(open.Count * width, width);
            ReadOnlySpan<float> from = inputs.Row(rows[j]);
            for (int i = 0; i < width; i++)
            {
                to[i] = (float)(from[i] + (reach * move[i]));
            }

            if (TensorPrimitives.IsFiniteAll<float>(to))
            {
                open.Add(rows[j]);
            }
        }

        return ([.. open], new FeatureMatrix(values.AsMemory(0, open.Count * width), open.Count, width));
    }
}
