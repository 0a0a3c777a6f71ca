using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Numerics;

/// <summary>Terms of entropies in float32, where what they are for has larger errors than rounding.</summary>
internal static class SingleEntropies
{
    // ln of it is finite, and 0 times that is exactly 0.
    private const float Smallest = 1.17549435e-38f;
    private const float Ln2 = 0.693147181f;

    // The bits of √½.
    private const int RootOfHalf = 0x3F3504F3;

    /// <summary>
    /// p ln p with 0 ln 0 = 0, for finite p of at least 0, within 4 units in the last place. p = 2ᵉ m with m in [√½, √2), and ln(1 + x) = x + x² P(x) with the
    /// polynomial of degree 8 whose largest relative error is smallest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Term(Vector512<float> p)
    {
        Vector512<int> bits = Vector512.MaxNative(p, Vector512.Create(Smallest)).AsInt32();
        Vector512<int> exponent = (bits - Vector512.Create(RootOfHalf)) >> 23;
        Vector512<float> x = (bits - (exponent << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> sum = Vector512.Create(-0.076229416f);
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(0.1290538f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(-0.13242969f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(0.14181656f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(-0.1660906f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(0.20001984f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(-0.25001586f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(0.33333325f));
        sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(-0.49999988f));
        sum = Vector512.FusedMultiplyAdd(x * x, sum, x);
        return p * Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(exponent), Vector512.Create(Ln2), sum);
    }
}
