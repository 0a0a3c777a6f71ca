using PyRelationAL.Models;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Tests.LinearAlgebra;

public class PackedMatrixTests
{
    [Test]
    public void ASizeWhosePositionsOverflowIsRefusedInWords() =>
        Assert.That(
            () => new PackedMatrix(PackedMatrix.LargestSize + 1),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("46321 rows").And.Message.Contains("46320 is the most"));

    [Test]
    public void OfTheLargestSizeAnIntTellsAllPositionsOfAPaddedSquare()
    {
        Assert.That(Enumerable.Repeat((long)PackedMatrix.LargestSize + RowTile.Alignment, 2).Aggregate((a, b) => a * b), Is.LessThanOrEqualTo(Array.MaxLength));
    }
}
