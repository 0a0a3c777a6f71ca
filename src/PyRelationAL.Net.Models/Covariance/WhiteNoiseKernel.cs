using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// Independent observation noise: σ² between an observation and itself, 0 between any two observations, also at the same x. Part of the covariance of
/// the training rows, and no part of the latent function that is predicted.
/// </summary>
public sealed class WhiteNoiseKernel : Kernel
{
    /// <summary>Creates the kernel.</summary>
    /// <param name="variance">σ², the variance of the noise and not its standard deviation.</param>
    public WhiteNoiseKernel(Hyperparameter variance)
        : base([variance])
    {
        Variance = variance;
    }

    /// <summary>σ².</summary>
    public Hyperparameter Variance { get; }

    /// <inheritdoc/>
    public override double PriorVariance => 0;

    /// <inheritdoc/>
    public override string ToString() => $"WhiteNoise({Variance})";

    internal override Kernel With(ReadOnlySpan<Hyperparameter> hyperparameters) => new WhiteNoiseKernel(hyperparameters[0]);

    internal override KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool)
    {
        PackedMatrix values = pool.Next();
        values.Values.Clear();
        values.AddToDiagonal(Variance.Value);
        return new Evaluation(values, Variance.Value);
    }

    internal override void EvaluateCross(CrossInputs inputs, Span<double> destination) => destination.Clear();

    internal override void CheckFeatureCount(int featureCount) => Guard.NonNegative(featureCount);

    private sealed class Evaluation(PackedMatrix values, double variance) : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            double trace = 0;
            for (int i = 0; i < Values.Size; i++)
            {
                trace += weights[Values.Offset(i)];
            }

            gradient[0] += variance * trace;
        }
    }
}
