using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace PyRelationAL.Numerics;

/// <summary>Argument checks whose messages name the parameter, the value and what is allowed. NaN never passes.</summary>
internal static class Guard
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw OutOfRange(name, value, "must be finite");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0 ? value : throw OutOfRange(name, value, "must be finite and greater than 0");

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(name, value, "must be finite and at least 0");

    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(name, value, "must lie in [0, 1]");

    public static int Positive(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 ? value : throw OutOfRange(name, value, "must be at least 1");

    public static int NonNegative(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 ? value : throw OutOfRange(name, value, "must be at least 0");

    public static int Threads(int maxDegreeOfParallelism, [CallerArgumentExpression(nameof(maxDegreeOfParallelism))] string? name = null) =>
        maxDegreeOfParallelism is > 0 or -1
            ? maxDegreeOfParallelism
            : throw OutOfRange(name, maxDegreeOfParallelism, "must be at least 1, or −1 for all cores");

    public static void SameLength(int expected, int actual, string what, [CallerArgumentExpression(nameof(actual))] string? name = null)
    {
        if (expected != actual)
        {
            throw new ArgumentException(Text($"{what}: expected {expected} elements, got {actual}."), name);
        }
    }

    /// <summary>Refuses NaN and infinities in a row-major matrix, with the row and column of the first one.</summary>
    public static void AllFinite(ReadOnlySpan<double> values, int columns, string what, string? name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                ThrowNotFinite(values[i], i, columns, what, name);
            }
        }
    }

    /// <summary>Refuses NaN and infinities in a row-major matrix, with the row and column of the first one.</summary>
    public static void AllFinite(ReadOnlySpan<float> values, int columns, string what, string? name)
    {
        // Gradients of single items are the largest matrices there are.
        if (TensorPrimitives.IsFiniteAll(values))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                ThrowNotFinite(values[i], i, columns, what, name);
            }
        }
    }

    /// <summary>⌊share · count⌋ of the numbers meant: 0.29 · 100 is 28.999999999999996 in binary, and 29 here.</summary>
    public static int FloorOfShare(double share, int count) => (int)Math.Floor((share * count) + 1e-9);

    public static string Text(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);

    [DoesNotReturn]
    private static void ThrowNotFinite(double value, int offset, int columns, string what, string? name)
    {
        string where = columns == 1 ? Text($"row {offset}") : Text($"row {offset / columns}, column {offset % columns}");
        throw new ArgumentException(Text($"{what} contains {value} at {where}; every value must be finite."), name);
    }

    private static ArgumentOutOfRangeException OutOfRange(string? name, object value, string rule) =>
        new(name, value, Text($"{name} is {value}; it {rule}."));
}
