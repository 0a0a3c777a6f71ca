using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public sealed class PackedProductTests
{
    [Test]
    public void All_orders_of_the_factors_give_the_product() => Prop.ForAll(
        Gen.Choose(0, 40).Three().ToArbitrary(),
        sizes =>
        {
            (int rows, int inner, int columns) = sizes;
            var random = new RandomStream(rows + (100 * inner) + (10_000 * columns));
            double[] a = new double[rows * inner], b = new double[inner * columns];
            random.FillGaussian(a);
            random.FillGaussian(b);
            double[] expected = new double[rows * columns], c = new double[expected.Length];
            for (int i = 0; i < expected.Length; i++)
            {
                for (int k = 0; k < inner; k++)
                {
                    expected[i] += a[(i / columns * inner) + k] * b[(k * columns) + (i % columns)];
                }
            }

            void Check(string what)
            {
                Close.Check(c, expected, 1e-12, what);
                Array.Fill(c, double.NaN);
            }

            PackedProduct.Multiply(a, rows, inner, b, columns, c);
            Check("A B");
            PackedProduct.MultiplyTransposed(Transposed(a, rows, inner), rows, inner, b, columns, c);
            Check("Aᵀ B");
            PackedProduct.MultiplyByTransposed(a, rows, inner, Transposed(b, inner, columns), columns, c);
            Check("A Bᵀ");
            PackedProduct.Multiply(a, rows, inner, b, columns, -1, default).CopyTo(c, 0);
            Check("on several threads");
            return true;
        }).Holds();

    [Test]
    public void A_row_does_not_depend_on_the_others()
    {
        var random = new RandomStream(3);
        double[] a = new double[37 * 21], b = new double[21 * 19], all = new double[37 * 19], one = new double[19];
        random.FillGaussian(a);
        random.FillGaussian(b);
        PackedProduct.Multiply(a, 37, 21, b, 19, all);
        for (int i = 0; i < 37; i++)
        {
            PackedProduct.Multiply(a.AsSpan(i * 21, 21), 1, 21, b, 19, one);
            Assert.That(one, Is.EqualTo(all[(i * 19)..((i + 1) * 19)]), "to the last bit");
        }
    }

    private static double[] Transposed(double[] a, int rows, int columns) =>
        [.. Enumerable.Range(0, a.Length).Select(i => a[(i % rows * columns) + (i / rows)])];
}
