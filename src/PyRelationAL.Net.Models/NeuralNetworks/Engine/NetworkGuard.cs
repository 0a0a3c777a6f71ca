using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Checks that only networks need.</summary>
internal static class NetworkGuard
{
    public static double BelowOne(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, Guard.Text($"{name} is {value}; it must lie in [0, 1)."));

    /// <summary>Networks compute in float32: what is 0 there would divide by 0.</summary>
    public static double PositiveFloat(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        (float)value is > 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(name, value, Guard.Text($"{name} is {value}; it must be finite and greater than 0 in float32."));

    public static void AllFinite(ReadOnlySpan<float> values, string what)
    {
        if (TensorPrimitives.IsFiniteAll(values))
        {
            return;
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ModelTrainingException(Guard.Text(
                    $"{what} became {value}: the training diverged. Lower the learning rate, or look for extreme values among features and targets."));
            }
        }
    }
}
