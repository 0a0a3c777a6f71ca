using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Covariance;

/// <summary>k(x, x′) = σ²: scales another kernel in a product, adds a common offset in a sum.</summary>
public sealed class ConstantKernel : Kernel
{
    /// <summary>Creates the kernel.</summary>
    /// <param name="variance">σ², a variance and not a standard deviation.</param>
    public ConstantKernel(Hyperparameter variance)
        : base([variance])
    {
        Variance = variance;
    }

    /// <summary>σ².</summary>
    public Hyperparameter Variance { get; }

    /// <inheritdoc/>
    public override double PriorVariance => Variance.Value;

    /// <inheritdoc/>
    public override string ToString() => Variance.ToString();

    internal override Kernel With(ReadOnlySpan<Hyperparameter> hyperparameters) => new ConstantKernel(hyperparameters[0]);

    internal override KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool)
    {
        PackedMatrix values = pool.Next();
        values.Values.Fill(Variance.Value);
        return new Evaluation(values, Variance.Value);
    }

    internal override void EvaluateCross(CrossInputs inputs, Span<double> destination) => destination.Fill(Variance.Value);

    internal override void CheckFeatureCount(int featureCount) => Guard.NonNegative(featureCount);

    private sealed class Evaluation(PackedMatrix values, double variance) : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient) =>
            gradient[0] += variance * System.Numerics.Tensors.TensorPrimitives.Sum(weights);
    }
}
