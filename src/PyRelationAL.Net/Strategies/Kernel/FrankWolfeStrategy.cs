using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Frank-Wolfe: a batch whose weighted sum of rows comes close to the sum of all candidates' rows, in the kernel k(x, x′) = φᵀ(I + Σ φφᵀ/σ²)⁻¹φ′ given what
/// is labelled. One after the other, the candidate best aligned with what the batch still lacks of that sum.
/// </summary>
/// <remarks>
/// <para>
/// Pinsler, Gordon, Nalisnick and Hernández-Lobato, "Bayesian batch active learning as sparse subset approximation", NeurIPS 2019, as Holzmüller, Zaverkin,
/// Kästner and Steinwart (JMLR 2023) use it. With ‖·‖ and ⟨·, ·⟩ of the kernel, cᵢ = ‖φᵢ‖, C = Σ cᵢ and u = Σ φᵢ over the candidates, and e = 0 at first:
/// the largest ⟨φᵢ, u − e⟩/cᵢ is taken, then e ← (1 − γ) e + γ C φᵢ/cᵢ with the γ that leaves the smallest ‖u − e‖. Each candidate is taken once, so that a
/// batch is full; the weights are not kept.
/// </para>
/// <para>
/// Ties go to the lowest index. No prediction is used. O(b·(N·D + D²)) time, in parallel over candidates, after O((N + L)·D² + D³); O(N + D²) memory beside the
/// rows. D may be 4,096 at most.
/// </para>
/// </remarks>
public sealed class FrankWolfeStrategy : Strategy
{
    private readonly double _noiseVariance;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="noiseVariance">σ², the variance of the observation noise, greater than 0. Default: 1.</param>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, one of the paper's kernels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public FrankWolfeStrategy(double noiseVariance = 1, FeatureSpace space = FeatureSpace.Features)
    {
        _noiseVariance = Guard.Positive(noiseVariance);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">φ of the candidates [N×D].</param>
    /// <param name="labelled">φ of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="noiseVariance">σ², greater than 0.</param>
    /// <param name="residuals">Gets ‖u − e‖² after each pick; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, there is room for some residuals but not for all, or D is above 4,096.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        double noiseVariance = 1,
        Span<double> residuals = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count, residuals);
        int n = candidates.RowCount, width = candidates.ColumnCount;
        var posterior = new KernelPosterior(labelled, width, noiseVariance, maxDegreeOfParallelism, cancellationToken);
        if (count == 0)
        {
            return [];
        }

        OptimalDesign design = posterior.Design(candidates, noiseVariance, maxDegreeOfParallelism, cancellationToken);
        double[] lengths = Array.ConvertAll(design.Variances.ToArray(), v => Math.Sqrt(Math.Max(0, v))), factor = posterior.Factor(width);
        double total = lengths.Sum();
        // e is kept out of it: what is left, u − e, is all that the steps need.
        double[] left = Sum(candidates), whole = [.. left], scores = new double[n], row = new double[width], step = new double[width];
        var selected = new int[count];
        var taken = new bool[n];
        for (int k = 0; k < count; k++)
        {
            double[] direction = Solved(left);
            Blocks.ForEach(n, maxDegreeOfParallelism, cancellationToken, (start, rows) =>
            {
                Span<double> block = scores.AsSpan(start, rows);
                WideRows.Products(direction, candidates.Slice(start, rows).Values, block);
                for (int i = 0; i < rows; i++)
                {
                    block[i] = lengths[start + i] > 0 ? block[i] / lengths[start + i] : 0;
                }
            });
            int next = TopPositions.LargestLeft(scores, taken);
            selected[k] = next;
            taken[next] = true;
            if (lengths[next] > 0)
            {
                // The way from e to the vertex C φ/c: e = u − left.
                WideRows.Widen(candidates.Row(next), row);
                for (int j = 0; j < width; j++)
                {
                    step[j] = (total * row[j] / lengths[next]) - whole[j] + left[j];
                }

                double square = TensorPrimitives.Dot<double>(step, Solved(step));
                double share = square > 0 ? TensorPrimitives.Dot<double>(step, direction) / square : 0;
                TensorPrimitives.MultiplyAdd(step, -share, left, left);
            }

            if (!residuals.IsEmpty)
            {
                residuals[k] = TensorPrimitives.Dot<double>(left, Solved(left));
            }
        }

        return selected;

        double[] Solved(double[] vector)
        {
            double[] solution = [.. vector];
            Cholesky.SolveLower(factor, width, solution);
            Cholesky.SolveUpper(factor, width, solution);
            return solution;
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            _noiseVariance,
            default,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    private static double[] Sum(FeatureMatrix rows)
    {
        double[] sum = new double[rows.ColumnCount], row = new double[rows.ColumnCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            WideRows.Widen(rows.Row(i), row);
            TensorPrimitives.Add(sum, row, sum);
        }

        return sum;
    }
}
