using System.Collections.Immutable;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// A covariance function k(x, x′) with hyperparameters. Immutable: a kernel with other hyperparameters is another kernel. Kernels combine with <c>+</c> and
/// <c>*</c>; <c>2.0 * kernel</c> is the product with a <see cref="ConstantKernel"/> that starts at 2 and is fitted. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>
/// Hyperparameters are fitted in log space: gradients are ∂/∂ln θ. The order of hyperparameters is the order in which the kernel is written, from
/// left to right.
/// </para>
/// <para>
/// All arithmetic is in double; features are float32. The kernels here are Rasmussen and Williams, "Gaussian Processes for Machine Learning", MIT
/// Press 2006, chapter 4.
/// </para>
/// </remarks>
public abstract class Kernel
{
    private readonly ImmutableArray<Hyperparameter> _hyperparameters;

    private protected Kernel(ImmutableArray<Hyperparameter> hyperparameters)
    {
        _hyperparameters = hyperparameters;
        FreeCount = hyperparameters.Count(h => !h.IsFixed);
    }

    /// <summary>All hyperparameters, fixed ones included, in the order in which the kernel is written.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => _hyperparameters;

    /// <summary>The number of hyperparameters that are not fixed.</summary>
    public int FreeCount { get; }

    /// <summary>k(x, x) of the latent function at any x: without white noise.</summary>
    public abstract double PriorVariance { get; }

    /// <summary>The sum of two kernels.</summary>
    /// <param name="left">One kernel.</param>
    /// <param name="right">The other.</param>
    /// <returns>k₁(x, x′) + k₂(x, x′).</returns>
    public static Kernel operator +(Kernel left, Kernel right) => new SumKernel(left, right);

    /// <summary>The product of two kernels.</summary>
    /// <param name="left">One kernel.</param>
    /// <param name="right">The other.</param>
    /// <returns>k₁(x, x′) · k₂(x, x′).</returns>
    public static Kernel operator *(Kernel left, Kernel right) => new ProductKernel(left, right);

    /// <summary>A kernel scaled by a variance that is fitted.</summary>
    /// <param name="variance">Where the variance starts, in [1e-5, 1e5].</param>
    /// <param name="kernel">The kernel.</param>
    /// <returns>variance · k(x, x′).</returns>
    public static Kernel operator *(double variance, Kernel kernel) => new ProductKernel(new ConstantKernel(variance), kernel);

    /// <summary>The natural logarithms of the free hyperparameters [<see cref="FreeCount"/>].</summary>
    /// <returns>A new array.</returns>
    public double[] FreeLogValues() => Free(h => Math.Log(h.Value));

    /// <summary>The natural logarithms of the free hyperparameters' lower bounds [<see cref="FreeCount"/>].</summary>
    /// <returns>A new array.</returns>
    public double[] LogLowerBounds() => Free(h => Math.Log(h.LowerBound));

    /// <summary>The natural logarithms of the free hyperparameters' upper bounds [<see cref="FreeCount"/>].</summary>
    /// <returns>A new array.</returns>
    public double[] LogUpperBounds() => Free(h => Math.Log(h.UpperBound));

    /// <summary>The same kernel with other values for its free hyperparameters.</summary>
    /// <param name="logValues">Natural logarithms [<see cref="FreeCount"/>]; values outside the bounds are moved to the nearest bound.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentException">The count is wrong or a value is NaN.</exception>
    public Kernel WithFreeLogValues(ReadOnlySpan<double> logValues)
    {
        Guard.SameLength(FreeCount, logValues.Length, "free hyperparameters", nameof(logValues));
        var changed = new Hyperparameter[_hyperparameters.Length];
        for (int i = 0, free = 0; i < changed.Length; i++)
        {
            changed[i] = _hyperparameters[i].IsFixed ? _hyperparameters[i] : _hyperparameters[i].At(Math.Exp(logValues[free++]));
        }

        return With(changed);
    }

    /// <summary>The covariance matrix [N×N] of some rows, white noise on its diagonal included. O(N²·D) time, O(N²) memory.</summary>
    /// <param name="rows">The rows [N×D].</param>
    /// <returns>Row-major covariances.</returns>
    /// <exception cref="ArgumentException">The kernel has one length scale for each feature, and another number of features is given.</exception>
    public double[] Matrix(FeatureMatrix rows) => Evaluate(rows).Values.ToFull();

    /// <summary>The covariances [N×M] between two sets of rows. White noise is 0 here, also between equal rows: they are different observations.</summary>
    /// <param name="rows">The rows [N×D].</param>
    /// <param name="columns">The other rows [M×D].</param>
    /// <returns>Row-major covariances.</returns>
    /// <exception cref="ArgumentException">The numbers of features differ from each other, or from the kernel's length scales.</exception>
    public double[] CrossMatrix(FeatureMatrix rows, FeatureMatrix columns)
    {
        var covariances = new double[checked(rows.RowCount * columns.RowCount)];
        var cross = new CrossInputs(Inputs(rows), columns);
        if (cross.Width == cross.Count)
        {
            EvaluateCross(cross, covariances);
            return covariances;
        }

        var padded = new double[checked(rows.RowCount * cross.Width)];
        EvaluateCross(cross, padded);
        for (int i = 0; i < rows.RowCount; i++)
        {
            padded.AsSpan(i * cross.Width, cross.Count).CopyTo(covariances.AsSpan(i * cross.Count));
        }

        return covariances;
    }

    /// <summary>
    /// Σᵢⱼ Wᵢⱼ ∂k(xᵢ, xⱼ)/∂ln θ for each free hyperparameter θ: the chain rule's last step, in O(N²) for each, without N×N derivatives being stored.
    /// </summary>
    /// <param name="rows">The rows [N×D].</param>
    /// <param name="weights">W [N×N], row-major, symmetric: only its lower triangle is read.</param>
    /// <returns>The gradient [<see cref="FreeCount"/>].</returns>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public double[] WeightedGradient(FeatureMatrix rows, ReadOnlySpan<double> weights)
    {
        int n = rows?.RowCount ?? throw new ArgumentNullException(nameof(rows));
        Guard.SameLength(checked(n * n), weights.Length, Guard.Text($"weights [{n}×{n}]"), nameof(weights));
        var packed = new PackedMatrix(n);
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                packed.Row(i)[j - i] = (i == j ? 1 : 2) * weights[(j * n) + i];
            }
        }

        var gradient = new double[FreeCount];
        FreeGradient(Evaluate(rows), packed.Values, gradient);
        return gradient;
    }

    internal abstract Kernel With(ReadOnlySpan<Hyperparameter> hyperparameters);

    /// <summary>Evaluates on training rows, with matrices from the pool: the result holds until the pool takes them back.</summary>
    internal abstract KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool);

    /// <summary>Writes the covariances of every training row with every row of a block, [training × <see cref="CrossInputs.Width"/>].</summary>
    internal abstract void EvaluateCross(CrossInputs inputs, Span<double> destination);

    internal abstract void CheckFeatureCount(int featureCount);

    /// <summary>The gradient for the free hyperparameters, given weights in which each pair i ≠ j counts once.</summary>
    internal void FreeGradient(KernelEvaluation evaluation, ReadOnlySpan<double> pairWeights, Span<double> gradient)
    {
        var all = new double[_hyperparameters.Length];
        evaluation.AddGradient(pairWeights, all);
        for (int i = 0, free = 0; i < all.Length; i++)
        {
            if (!_hyperparameters[i].IsFixed)
            {
                gradient[free++] = all[i];
            }
        }
    }

    private KernelEvaluation Evaluate(FeatureMatrix rows)
    {
        TrainingInputs inputs = Inputs(rows);
        return Evaluate(inputs, new MatrixPool(inputs.Count));
    }

    private TrainingInputs Inputs(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckFeatureCount(rows.ColumnCount);
        return new TrainingInputs(rows);
    }

    private double[] Free(Func<Hyperparameter, double> of) => [.. _hyperparameters.Where(h => !h.IsFixed).Select(of)];
}
