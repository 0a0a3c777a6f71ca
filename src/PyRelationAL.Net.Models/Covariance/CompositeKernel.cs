using System.Buffers;

namespace PyRelationAL.Models.Covariance;

/// <summary>Two kernels combined into one; its hyperparameters are those of the left kernel followed by those of the right one.</summary>
public abstract class CompositeKernel : Kernel
{
    private protected CompositeKernel(Kernel left, Kernel right)
        : base([.. Checked(left).Hyperparameters, .. Checked(right).Hyperparameters])
    {
        Left = left;
        Right = right;
    }

    /// <summary>The left kernel.</summary>
    public Kernel Left { get; }

    /// <summary>The right kernel.</summary>
    public Kernel Right { get; }

    private protected int LeftCount => Left.Hyperparameters.Count;

    internal sealed override Kernel With(ReadOnlySpan<Hyperparameter> hyperparameters) =>
        Combine(Left.With(hyperparameters[..LeftCount]), Right.With(hyperparameters[LeftCount..]));

    internal override void EvaluateCross(CrossInputs inputs, Span<double> destination)
    {
        Left.EvaluateCross(inputs, destination);
        double[] rented = ArrayPool<double>.Shared.Rent(destination.Length);
        Span<double> right = rented.AsSpan(0, destination.Length);
        Right.EvaluateCross(inputs, right);
        Combine(destination, right, destination);
        ArrayPool<double>.Shared.Return(rented);
    }

    internal sealed override void CheckFeatureCount(int featureCount)
    {
        Left.CheckFeatureCount(featureCount);
        Right.CheckFeatureCount(featureCount);
    }

    private protected abstract Kernel Combine(Kernel left, Kernel right);

    private protected abstract void Combine(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> destination);

    private static Kernel Checked(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel;
    }
}
