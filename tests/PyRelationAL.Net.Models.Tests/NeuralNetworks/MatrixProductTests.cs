using PyRelationAL.Models.NeuralNetworks;

namespace PyRelationAL.Tests.NeuralNetworks;

public sealed class MatrixProductTests
{
    [Test, Combinatorial]
    public void AgreesWithTheScalarReferenceBitForBit(
        [Values(1, 2, 5, 6, 7, 13, 24, 40)] int rows,
        [Values(1, 3, 16, 65, 256, 257, 784)] int depth,
        [Values(1, 8, 9, 16, 17, 40)] int width,
        [Values] bool transposed)
    {
        int columns = Lanes.Stride(width), aStride = Lanes.Stride(transposed ? rows : depth);
        float[] a = Values((transposed ? depth : rows) * aStride, 1), b = Values(depth * columns, 2), bias = Values(columns, 3);
        int rowStep = transposed ? 1 : aStride, depthStep = transposed ? aStride : 1;
        var panel = new float[MatrixProduct.PanelLength(depth)];
        foreach (float[] added in new[] { bias, [] })
        {
            var actual = new float[rows * columns];
            MatrixProduct.Multiply(a, rowStep, depthStep, b, added, actual, rows, depth, columns, panel);
            Assert.That(actual, Is.EqualTo(Reference(a, rowStep, depthStep, b, added, rows, depth, columns)));
        }
    }

    [Test]
    public void TransposesIntoPaddedRows([Values(1, 7, 16, 33)] int rows, [Values(1, 8, 21)] int columns)
    {
        float[] source = Values(rows * Lanes.Stride(columns), 4);
        float[] actual = Values(columns * Lanes.Stride(rows), 5);
        MatrixProduct.Transpose(source, rows, columns, actual);
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < Lanes.Stride(rows); r++)
            {
                Assert.That(actual[(c * Lanes.Stride(rows)) + r], Is.EqualTo(r < rows ? source[(r * Lanes.Stride(columns)) + c] : 0));
            }
        }
    }

    [Test]
    public void MatricesThatDoNotFitAreRefused()
    {
        Assert.That(() => Multiply(8, 32, 0, 16), Throws.Nothing);
        Assert.That(() => Multiply(7, 32, 0, 16), Throws.ArgumentException);
        Assert.That(() => Multiply(8, 31, 0, 16), Throws.ArgumentException);
        Assert.That(() => Multiply(8, 32, 4, 16), Throws.ArgumentException);
        Assert.That(() => Multiply(8, 32, 0, 15), Throws.ArgumentException);

        static void Multiply(int a, int b, int bias, int c) =>
            MatrixProduct.Multiply(new float[a], 4, 1, new float[b], new float[bias], new float[c], 2, 4, 8, new float[64]);
    }

    private static float[] Reference(float[] a, int rowStep, int depthStep, float[] b, float[] bias, int rows, int depth, int columns)
    {
        var c = new float[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = bias.Length == 0 ? 0 : bias[j];
                for (int k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(r * rowStep) + (k * depthStep)], b[(k * columns) + j], sum);
                }

                c[(r * columns) + j] = sum;
            }
        }

        return c;
    }

    private static float[] Values(int count, long seed) => Toy.Gaussian(1, count, seed).Values.ToArray();
}
