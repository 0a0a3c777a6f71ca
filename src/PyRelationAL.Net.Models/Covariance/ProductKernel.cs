using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>k(x, x′) = k₁(x, x′) · k₂(x, x′).</summary>
/// <param name="left">k₁.</param>
/// <param name="right">k₂.</param>
public sealed class ProductKernel(Kernel left, Kernel right) : CompositeKernel(left, right)
{
    /// <inheritdoc/>
    public override double PriorVariance => Left.PriorVariance * Right.PriorVariance;

    /// <inheritdoc/>
    public override string ToString() => $"{InBrackets(Left)} * {InBrackets(Right)}";

    internal override KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool)
    {
        KernelEvaluation r = Right.Evaluate(inputs, pool);
        PackedMatrix values = pool.Next();
        if (Left is ConstantKernel constant)
        {
            TensorPrimitives.Multiply(r.Values.Values, constant.Variance.Value, values.Values);
            return new ScaledEvaluation(values, r, constant.Variance.Value);
        }

        KernelEvaluation l = Left.Evaluate(inputs, pool);
        Combine(l.Values.Values, r.Values.Values, values.Values);
        return new Evaluation(values, pool.Next(), l, r, LeftCount);
    }

    internal override void EvaluateCross(CrossInputs inputs, Span<double> destination)
    {
        if (Left is not ConstantKernel constant)
        {
            base.EvaluateCross(inputs, destination);
            return;
        }

        Right.EvaluateCross(inputs, destination);
        TensorPrimitives.Multiply(destination, constant.Variance.Value, destination);
    }

    private protected override Kernel Combine(Kernel left, Kernel right) => new ProductKernel(left, right);

    private protected override void Combine(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination) =>
        TensorPrimitives.Multiply(left, right, destination);

    private static string InBrackets(Kernel kernel) => kernel is SumKernel ? $"({kernel})" : kernel.ToString()!;

    private sealed class Evaluation(PackedMatrix values, PackedMatrix scratch, KernelEvaluation left, KernelEvaluation right, int leftCount)
        : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            Span<double> passed = scratch.Values;
            TensorPrimitives.Multiply(weights, right.Values.Values, passed);
            left.AddGradient(passed, gradient[..leftCount]);
            TensorPrimitives.Multiply(weights, left.Values.Values, passed);
            right.AddGradient(passed, gradient[leftCount..]);
        }
    }

    /// <summary>A constant times a kernel: the most common product, whose gradient needs no pass over memory for the constant.</summary>
    private sealed class ScaledEvaluation(PackedMatrix values, KernelEvaluation scaled, double scale) : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            gradient[0] += VectorLoops.Dot(weights, Values.Values);
            var unscaled = new double[gradient.Length - 1];
            scaled.AddGradient(weights, unscaled);
            TensorPrimitives.MultiplyAdd<double>(unscaled, scale, gradient[1..], gradient[1..]);
        }
    }
}
