using System.Numerics;
using System.Runtime.CompilerServices;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>
/// The two inner kernels of all factorisations, solves and products here, on four rows at a time. Each element is one chain of fused multiply-adds in
/// ascending order, whatever tile or block it falls into: its bits depend neither on the width of the machine's vectors nor on how the work is cut.
/// </summary>
internal static class RowTile
{
    public const int Rows = 4;

    /// <summary>What rows' lengths and tiles' first columns are multiples of: at least the width of any machine's vectors.</summary>
    public const int Alignment = 8;

    /// <summary>A length rounded up to the alignment.</summary>
    public static int Aligned(int length) => (length + Alignment - 1) & -Alignment;

    /// <summary>A position rounded down to the alignment.</summary>
    public static int AlignedStart(int position) => position & -Alignment;

    /// <summary>C [4×columns] −= Aᵀ B, with A [depth×4] and B [depth×columns], each with its own distance between rows.</summary>
    public static void Subtract(ref double a, nint aStep, ref double b, nint bStep, int depth, ref double c, nint cStep, int columns)
    {
        if (depth <= 0)
        {
            return;
        }

        int width = Vector<double>.Count, column = 0;
        for (; column <= columns - (2 * width); column += 2 * width)
        {
            Tile4X2(ref a, aStep, ref Unsafe.Add(ref b, column), bStep, depth, ref Unsafe.Add(ref c, column), cStep);
        }

        if (column < columns)
        {
            Tile4X1(ref a, aStep, ref Unsafe.Add(ref b, column), bStep, depth, ref Unsafe.Add(ref c, column), cStep);
        }
    }

    /// <summary>Solves Lᵦ X = C in place for four rows: Lᵦᵀ is the 4×4 diagonal block at <paramref name="u"/>.</summary>
    public static void Solve(ref double u, nint uStep, ReadOnlySpan<double> reciprocals, ref double c, nint cStep, int columns)
    {
        int width = Vector<double>.Count;
        ref double u1 = ref Unsafe.Add(ref u, uStep), u2 = ref Unsafe.Add(ref u, 2 * uStep);
        Vector<double> m01 = new(-Unsafe.Add(ref u, 1)), m02 = new(-Unsafe.Add(ref u, 2)), m03 = new(-Unsafe.Add(ref u, 3));
        Vector<double> m12 = new(-Unsafe.Add(ref u1, 2)), m13 = new(-Unsafe.Add(ref u1, 3)), m23 = new(-Unsafe.Add(ref u2, 3));
        Vector<double> r0 = new(reciprocals[0]), r1 = new(reciprocals[1]), r2 = new(reciprocals[2]), r3 = new(reciprocals[3]);
        ref double c1 = ref Unsafe.Add(ref c, cStep), c2 = ref Unsafe.Add(ref c, 2 * cStep), c3 = ref Unsafe.Add(ref c, 3 * cStep);
        for (int column = 0; column < columns; column += width)
        {
            nuint at = (nuint)column;
            Vector<double> x0 = Vector.LoadUnsafe(ref c, at) * r0;
            Vector<double> x1 = Vector.FusedMultiplyAdd(m01, x0, Vector.LoadUnsafe(ref c1, at)) * r1;
            Vector<double> x2 = Vector.FusedMultiplyAdd(m12, x1, Vector.FusedMultiplyAdd(m02, x0, Vector.LoadUnsafe(ref c2, at))) * r2;
            Vector<double> x3 = Vector.FusedMultiplyAdd(m03, x0, Vector.LoadUnsafe(ref c3, at));
            x3 = Vector.FusedMultiplyAdd(m23, x2, Vector.FusedMultiplyAdd(m13, x1, x3)) * r3;
            x0.StoreUnsafe(ref c, at);
            x1.StoreUnsafe(ref c1, at);
            x2.StoreUnsafe(ref c2, at);
            x3.StoreUnsafe(ref c3, at);
        }
    }

    private static void Tile4X2(ref double a, nint aStep, ref double b, nint bStep, int depth, ref double c, nint cStep)
    {
        nuint width = (nuint)Vector<double>.Count;
        ref double c1 = ref Unsafe.Add(ref c, cStep), c2 = ref Unsafe.Add(ref c, 2 * cStep), c3 = ref Unsafe.Add(ref c, 3 * cStep);
        Vector<double> s00 = Vector.LoadUnsafe(ref c), s01 = Vector.LoadUnsafe(ref c, width);
        Vector<double> s10 = Vector.LoadUnsafe(ref c1), s11 = Vector.LoadUnsafe(ref c1, width);
        Vector<double> s20 = Vector.LoadUnsafe(ref c2), s21 = Vector.LoadUnsafe(ref c2, width);
        Vector<double> s30 = Vector.LoadUnsafe(ref c3), s31 = Vector.LoadUnsafe(ref c3, width);
        for (int k = 0; k < depth; k++)
        {
            Vector<double> b0 = -Vector.LoadUnsafe(ref b), b1 = -Vector.LoadUnsafe(ref b, width);
            Vector<double> x = new(a);
            s00 = Vector.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector.FusedMultiplyAdd(x, b1, s01);
            x = new(Unsafe.Add(ref a, 1));
            s10 = Vector.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector.FusedMultiplyAdd(x, b1, s11);
            x = new(Unsafe.Add(ref a, 2));
            s20 = Vector.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector.FusedMultiplyAdd(x, b1, s21);
            x = new(Unsafe.Add(ref a, 3));
            s30 = Vector.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector.FusedMultiplyAdd(x, b1, s31);
            a = ref Unsafe.Add(ref a, aStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, width);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, width);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, width);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, width);
    }

    private static void Tile4X1(ref double a, nint aStep, ref double b, nint bStep, int depth, ref double c, nint cStep)
    {
        ref double c1 = ref Unsafe.Add(ref c, cStep), c2 = ref Unsafe.Add(ref c, 2 * cStep), c3 = ref Unsafe.Add(ref c, 3 * cStep);
        Vector<double> s0 = Vector.LoadUnsafe(ref c), s1 = Vector.LoadUnsafe(ref c1), s2 = Vector.LoadUnsafe(ref c2), s3 = Vector.LoadUnsafe(ref c3);
        for (int k = 0; k < depth; k++)
        {
            Vector<double> b0 = -Vector.LoadUnsafe(ref b);
            s0 = Vector.FusedMultiplyAdd(new(a), b0, s0);
            s1 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, 1)), b0, s1);
            s2 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, 2)), b0, s2);
            s3 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, 3)), b0, s3);
            a = ref Unsafe.Add(ref a, aStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c1);
        s2.StoreUnsafe(ref c2);
        s3.StoreUnsafe(ref c3);
    }
}
