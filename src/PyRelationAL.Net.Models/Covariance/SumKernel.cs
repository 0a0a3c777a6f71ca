using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>k(x, x′) = k₁(x, x′) + k₂(x, x′): the covariance of the sum of two independent functions.</summary>
/// <param name="left">k₁.</param>
/// <param name="right">k₂.</param>
public sealed class SumKernel(Kernel left, Kernel right) : CompositeKernel(left, right)
{
    /// <inheritdoc/>
    public override double PriorVariance => Left.PriorVariance + Right.PriorVariance;

    /// <inheritdoc/>
    public override string ToString() => $"{Left} + {Right}";

    internal override KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool)
    {
        KernelEvaluation l = Left.Evaluate(inputs, pool), r = Right.Evaluate(inputs, pool);
        PackedMatrix values = pool.Next();
        Combine(l.Values.Values, r.Values.Values, values.Values);
        return new Evaluation(values, l, r, LeftCount);
    }

    private protected override Kernel Combine(Kernel left, Kernel right) => new SumKernel(left, right);

    private protected override void Combine(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination) =>
        TensorPrimitives.Add(left, right, destination);

    private sealed class Evaluation(PackedMatrix values, KernelEvaluation left, KernelEvaluation right, int leftCount) : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            left.AddGradient(weights, gradient[..leftCount]);
            right.AddGradient(weights, gradient[leftCount..]);
        }
    }
}
