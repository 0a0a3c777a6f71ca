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

    internal override KernelEvaluation Evaluate(TrainingInputs inputs)
    {
        KernelEvaluation l = Left.Evaluate(inputs), r = Right.Evaluate(inputs);
        var values = new PackedMatrix(inputs.Count);
        Combine(l.Values.Values, r.Values.Values, values.Values);
        return new Evaluation(values, l, r, LeftCount);
    }

    private protected override Kernel Combine(Kernel left, Kernel right) => new ProductKernel(left, right);

    private protected override void Combine(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination) =>
        TensorPrimitives.Multiply(left, right, destination);

    private static string InBrackets(Kernel kernel) => kernel is SumKernel ? $"({kernel})" : kernel.ToString()!;

    private sealed class Evaluation(PackedMatrix values, KernelEvaluation left, KernelEvaluation right, int leftCount) : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            var passed = new double[weights.Length];
            TensorPrimitives.Multiply(weights, right.Values.Values, passed);
            left.AddGradient(passed, gradient[..leftCount]);
            TensorPrimitives.Multiply(weights, left.Values.Values, passed);
            right.AddGradient(passed, gradient[leftCount..]);
        }
    }
}
