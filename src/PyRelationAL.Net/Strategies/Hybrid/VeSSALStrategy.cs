using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// VeSSAL: one pass over the pool in random order, in which each candidate is taken with a probability in proportion to gᵀA⁻¹g, how much its gradient
/// embedding g adds to those taken so far. The rate is steered so that about b are taken, evenly over the pass.
/// </summary>
/// <remarks>
/// <para>
/// Saran, Yousefi, Krishnamurthy, Langford and Ash, "Streaming active learning with deep neural networks", ICML 2023, with gradients of rank 1. A⁻¹ starts at
/// c·I and is updated with each one taken; Σₜ is the mean of ggᵀ over the t seen. The t-th is taken with probability min(1, ρₜ·gᵀA⁻¹g / tr(Σₜ A⁻¹)),
/// ρₜ = (b − taken)/(N − t + 1). Where fewer than b are taken, the rest is filled at random.
/// </para>
/// <para>
/// Neither Σ nor A⁻¹ is built: tr(Σₜ A⁻¹) is the mean of gᵀA⁻¹g over those seen, and A⁻¹ is c·I less one rank for each one taken. So nothing is projected,
/// at O(b·N·K·D) time, in parallel over candidates, and O(N + b·K·D) memory beside the factors.
/// </para>
/// </remarks>
public sealed class VeSSALStrategy : Strategy
{
    private readonly double _inverseScale;

    /// <summary>Creates the strategy.</summary>
    /// <param name="inverseScale">c, above 0: A⁻¹ before anything is taken is c·I. Default: 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is not above 0.</exception>
    public VeSSALStrategy(double inverseScale = 100)
    {
        _inverseScale = Guard.Positive(inverseScale);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities | Capabilities.GradientEmbeddings);

    /// <summary>Selects positions from gradient embeddings.</summary>
    /// <param name="gradients">N gradients.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">Shuffles the pool, decides and fills.</param>
    /// <param name="inverseScale">c, above 0.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static int[] Select(
        GradientEmbeddings gradients,
        int count,
        RandomStream random,
        double inverseScale = 100,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(random);
        SelectionBounds.Check(count, gradients.RowCount);
        Guard.Positive(inverseScale);
        int[] order = random.Child("order").Sample(gradients.RowCount, gradients.RowCount);
        RandomStream draws = random.Child("draws");
        List<int> taken = Pass(gradients, order, count, inverseScale, draws.NextDouble, null, maxDegreeOfParallelism, cancellationToken);
        var isTaken = new HashSet<int>(taken);
        // The order is random already.
        return [.. taken, .. order.Where(i => !isTaken.Contains(i)).Take(count - taken.Count)];
    }

    /// <summary>The pass; what it takes may be fewer than asked for.</summary>
    /// <param name="gradients">N gradients.</param>
    /// <param name="order">The order of the pass.</param>
    /// <param name="count">The most to take.</param>
    /// <param name="inverseScale">c.</param>
    /// <param name="uniform">Draws from [0, 1).</param>
    /// <param name="seen">Told gᵀA⁻¹g and the probability of each.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    internal static List<int> Pass(
        GradientEmbeddings gradients,
        int[] order,
        int count,
        double inverseScale,
        Func<double> uniform,
        Action<double, double>? seen,
        int threads,
        CancellationToken cancellationToken)
    {
        int n = order.Length;
        var forms = new double[n];
        for (int i = 0; i < n; i++)
        {
            forms[i] = inverseScale * gradients.SquaredNorm(i);
        }

        var directions = new List<double[]>();
        var taken = new List<int>();
        double sum = 0;
        for (int t = 0; t < n && taken.Count < count; t++)
        {
            int item = order[t];
            sum += forms[item];
            double rate = (double)(count - taken.Count) / (n - t);
            // Where no gradient seen so far adds anything, there is nothing to choose by.
            double probability = sum > 0 ? Math.Min(1, rate * forms[item] / (sum / (t + 1))) : rate;
            seen?.Invoke(forms[item], probability);
            if (uniform() < probability)
            {
                taken.Add(item);
                directions.Add(Direction(gradients, item, inverseScale, directions, forms[item]));
                Lower(gradients, directions[^1], forms, threads, cancellationToken);
                sum = 0;
                foreach (int before in order.AsSpan(0, t + 1))
                {
                    sum += forms[before];
                }
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.GradientEmbeddings,
            count,
            context.RandomFor(nameof(VeSSALStrategy)),
            _inverseScale,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    /// <summary>v = A⁻¹g / √(1 + gᵀA⁻¹g), by which A⁻¹ loses vvᵀ (Sherman and Morrison); [K×D].</summary>
    private static double[] Direction(GradientEmbeddings gradients, int item, double inverseScale, List<double[]> before, double form)
    {
        ReadOnlySpan<double> a = gradients.OutputFactor(item);
        ReadOnlySpan<float> h = gradients.Embeddings.Row(item);
        var gradient = new double[a.Length * h.Length];
        for (int k = 0; k < a.Length; k++)
        {
            for (int d = 0; d < h.Length; d++)
            {
                gradient[(k * h.Length) + d] = a[k] * h[d];
            }
        }

        var direction = new double[gradient.Length];
        TensorPrimitives.Multiply(gradient, inverseScale, direction);
        foreach (double[] v in before)
        {
            TensorPrimitives.MultiplyAdd(v, -TensorPrimitives.Dot<double>(v, gradient), direction, direction);
        }

        TensorPrimitives.Divide(direction, Math.Sqrt(1 + form), direction);
        return direction;
    }

    private static void Lower(GradientEmbeddings gradients, double[] direction, double[] forms, int threads, CancellationToken cancellationToken)
    {
        int width = gradients.Embeddings.ColumnCount;
        Blocks.ForEach(forms.Length, threads, cancellationToken, (start, count) =>
        {
            var sides = new double[width];
            var wide = new double[width];
            for (int i = start; i < start + count; i++)
            {
                ReadOnlySpan<double> a = gradients.OutputFactor(i);
                Array.Clear(sides);
                for (int k = 0; k < a.Length; k++)
                {
                    TensorPrimitives.MultiplyAdd(direction.AsSpan(k * width, width), a[k], sides, sides);
                }

                Distances.WideRows.Widen(gradients.Embeddings.Row(i), wide);
                double product = TensorPrimitives.Dot<double>(sides, wide);
                forms[i] = Math.Max(0, forms[i] - (product * product));
            }
        });
    }
}
