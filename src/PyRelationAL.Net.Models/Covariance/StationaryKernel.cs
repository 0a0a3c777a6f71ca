using System.Collections.Immutable;
using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// A kernel k(r) of the scaled distance r² = Σ_d (x_d − x′_d)² / ℓ_d², with one length scale for all features (isotropic) or one for each (automatic
/// relevance determination, ARD). k(0) = 1: multiply by a <see cref="ConstantKernel"/> to scale it.
/// </summary>
public abstract class StationaryKernel : Kernel
{
    private readonly double[] _scales;

    private protected StationaryKernel(ImmutableArray<Hyperparameter> shape, IReadOnlyList<Hyperparameter> lengthScales)
        : base([.. shape, .. Checked(lengthScales)])
    {
        LengthScales = [.. lengthScales];
        _scales = [.. lengthScales.Select(l => l.Value)];
    }

    /// <summary>ℓ: one for all features, or one for each.</summary>
    public IReadOnlyList<Hyperparameter> LengthScales { get; }

    /// <inheritdoc/>
    public override double PriorVariance => 1;

    private protected string LengthScaleText => string.Join(", ", LengthScales);

    private int ShapeCount => Hyperparameters.Count - _scales.Length;

    internal sealed override Kernel With(ReadOnlySpan<Hyperparameter> hyperparameters) =>
        With(hyperparameters[..ShapeCount], hyperparameters[ShapeCount..].ToArray());

    internal sealed override KernelEvaluation Evaluate(TrainingInputs inputs, MatrixPool pool)
    {
        double[] scaledColumns = [];
        PackedMatrix distances = pool.Next();
        if (_scales.Length == 1)
        {
            TensorPrimitives.Multiply(inputs.SquaredDistances.Values, 1 / (_scales[0] * _scales[0]), distances.Values);
        }
        else
        {
            scaledColumns = TrainingInputs.Scaled(inputs.Columns, inputs.Count, _scales);
            TrainingInputs.WriteDistances(scaledColumns, distances);
        }

        PackedMatrix values = pool.Next();
        WriteValues(distances.Values, values.Values);
        return new Evaluation(this, values, distances, pool.Next(), scaledColumns);
    }

    internal sealed override void EvaluateCross(CrossInputs inputs, Span<double> destination)
    {
        if (_scales.Length == 1)
        {
            TensorPrimitives.Multiply(inputs.SquaredDistances, 1 / (_scales[0] * _scales[0]), destination);
        }
        else
        {
            inputs.WriteScaledDistances(_scales, destination);
        }

        WriteValues(destination, destination);
    }

    internal sealed override void CheckFeatureCount(int featureCount)
    {
        if (_scales.Length != 1 && _scales.Length != featureCount)
        {
            throw new ArgumentException(Guard.Text(
                $"{GetType().Name} has {_scales.Length} length scales and the rows have {featureCount} features; give one length scale, or one for each."));
        }
    }

    private protected abstract Kernel With(ReadOnlySpan<Hyperparameter> shape, IReadOnlyList<Hyperparameter> lengthScales);

    /// <summary>k for each r²; destination may be the distances themselves.</summary>
    private protected abstract void WriteValues(ReadOnlySpan<double> squaredDistances, Span<double> destination);

    /// <summary>−2 dk/d(r²) for each r²: times (x_d − x′_d)²/ℓ_d² it is ∂k/∂ln ℓ_d.</summary>
    private protected abstract void WriteSlopes(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> destination);

    /// <summary>Σ w ∂k/∂ln ℓ for a single length scale.</summary>
    private protected virtual double LengthScaleGradient(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> scratch)
    {
        WriteSlopes(squaredDistances, values, scratch);
        return VectorLoops.Dot(weights, scratch, squaredDistances);
    }

    /// <summary>Σ w ∂k/∂ln θ for the hyperparameters that are no length scales.</summary>
    private protected virtual void AddShapeGradient(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> gradient)
    {
    }

    private protected static Hyperparameter[] Repeated(Hyperparameter lengthScale, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(lengthScale);
        return [.. Enumerable.Repeat(lengthScale, Guard.Positive(featureCount))];
    }

    private static IReadOnlyList<Hyperparameter> Checked(IReadOnlyList<Hyperparameter> lengthScales)
    {
        ArgumentNullException.ThrowIfNull(lengthScales);
        return lengthScales.Count > 0 && lengthScales.All(l => l is not null)
            ? lengthScales
            : throw new ArgumentException("A kernel needs at least one length scale, and none may be null.", nameof(lengthScales));
    }

    private sealed class Evaluation(StationaryKernel kernel, PackedMatrix values, PackedMatrix distances, PackedMatrix scratch, double[] scaledColumns)
        : KernelEvaluation(values)
    {
        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            kernel.AddShapeGradient(weights, distances.Values, Values.Values, gradient[..kernel.ShapeCount]);
            Span<double> lengthGradient = gradient[kernel.ShapeCount..];
            Span<double> slopes = scratch.Values;
            if (lengthGradient.Length == 1)
            {
                lengthGradient[0] += kernel.LengthScaleGradient(weights, distances.Values, Values.Values, slopes);
                return;
            }

            kernel.WriteSlopes(distances.Values, Values.Values, slopes);
            TensorPrimitives.Multiply(slopes, weights, slopes);
            int n = Values.Size;
            var differences = new double[n];
            for (int d = 0; d < lengthGradient.Length; d++)
            {
                ReadOnlySpan<double> column = scaledColumns.AsSpan(d * n, n);
                for (int i = 0; i < n - 1; i++)
                {
                    Span<double> row = differences.AsSpan(0, n - i - 1);
                    TensorPrimitives.Subtract(column[(i + 1)..], column[i], row);
                    lengthGradient[d] += VectorLoops.Dot(row, row, slopes.Slice(Values.Offset(i) + 1, row.Length));
                }
            }
        }
    }
}
