using System.Numerics.Tensors;

namespace PyRelationAL.Models;

/// <summary>The exponential of many non-positive numbers, with the same bits wherever in memory they lie.</summary>
internal static class ReproducibleExp
{
    // Below −708.39 the result is subnormal, and TensorPrimitives.Exp (10.0.15) then takes another path for all lanes of the vector at hand. Which elements
    // share a vector depends on the span's address, so the last bits would differ between runs. e⁻⁷⁰⁸ is 0 for every purpose here.
    private const double LeastExponent = -708;

    /// <summary>Writes e^x for each x ≤ 0; destination may be the exponents themselves.</summary>
    public static void Write(ReadOnlySpan<double> exponents, Span<double> destination)
    {
        TensorPrimitives.Max(exponents, LeastExponent, destination);
        TensorPrimitives.Exp<double>(destination, destination);
    }
}
