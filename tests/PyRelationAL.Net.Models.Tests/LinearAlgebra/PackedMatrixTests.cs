using PyRelationAL.Models;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Tests.LinearAlgebra;

public class PackedMatrixTests
{
    [Test]
    public void ASizeWhosePositionsOverflowIsRefusedInWords() =>
        Assert.That(
            () => new PackedMatrix(PackedMatrix.LargestSize + 1),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("46341 rows").And.Message.Contains("46340 is the most"));

    [Test]
    public void TheLargestSizeIsTheLargestWhosePositionsAnIntHolds()
    {
        const long size = PackedMatrix.LargestSize;
        Assert.That(size * (size + 1), Is.LessThanOrEqualTo(int.MaxValue));
        Assert.That((size + 1) * (size + 2), Is.GreaterThan(int.MaxValue));
    }
}
