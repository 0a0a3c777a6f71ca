using PyRelationAL.Experiments;
using PyRelationAL.Reproduction;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Page;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Plans;
using PyRelationAL.Reproduction.Results;

namespace PyRelationAL.Tests;

public sealed class ComparisonTests
{
    [TestCase(0.9041, 0.0151, "Equal")]
    [TestCase(0.9045, 0.0152, "Equal")]
    [TestCase(0.9043, 0.0160, "Within", TestName = "Equal means of another spread are not equal")]
    [TestCase(0.9100, 0.0200, "Within")]
    [TestCase(0.9100, 0.0050, "Different", TestName = "Within the paper's deviation but not within ours")]
    [TestCase(0.9300, 0.5000, "Different", TestName = "Within our deviation but not within the paper's")]
    public void AgreementIsByBothDeviations(double mean, double deviation, string expected) =>
        Assert.That(Comparison.Of(new CellScore(0.9043, 0.0152), new CellScore(mean, deviation)).ToString(), Is.EqualTo(expected));

    [Test]
    public void LargeNumbersAreEqualInSinglePrecision()
    {
        var paper = new CellScore(234665.9027, 52643.9754);
        Assert.That(Comparison.Of(paper, new CellScore(234665.9900, 52643.9837)), Is.EqualTo(Agreement.Equal));
        Assert.That(Comparison.Of(paper, new CellScore(234667.0, 52643.9837)), Is.EqualTo(Agreement.Within));
    }

    [Test]
    public void NothingOfOursIsMissing() => Assert.That(Comparison.Of(new CellScore(1, 1), null), Is.EqualTo(Agreement.Missing));

    [Test]
    public void DeviationsArePopulations() => Assert.That(CellScore.Of([1, 3]), Is.EqualTo(new CellScore(2, 1)));

    [Test]
    public void TheTablesAreWhole()
    {
        Assert.That(PaperTables.Cells, Has.Count.EqualTo(190));
        Assert.That(PaperTables.Cells.Select(cell => cell.Key), Is.Unique);
        PaperCell cell = PaperTables.Cells.Single(c => c.Key == new CellKey("warm", "UCIPower", "ExpectedImprovement"));
        Assert.That(cell, Is.EqualTo(new PaperCell(8, TaskKinds.Regression, cell.Key, new CellScore(148664.4422, 1016.8802))));
    }

    [Test]
    public void RanksShareTheirPlacesWhereScoresAreEqual()
    {
        Assert.That(Ranking.Ranks([0.9, 0.7, 0.9, 0.8], higherIsBetter: true), Is.EqualTo(new[] { 1.5, 4, 1.5, 3 }));
        Assert.That(Ranking.Ranks([0.9, 0.7, 0.8], higherIsBetter: false), Is.EqualTo(new[] { 3.0, 1, 2 }));
    }

    // Of the six pairs of (1, 2, 3, 4) and (2, 1, 3, 4) five agree and one does not.
    [Test]
    public void TauCountsPairs()
    {
        Assert.That(Ranking.Tau([1, 2, 3, 4], [2, 1, 3, 4]), Is.EqualTo(4.0 / 6).Within(1e-15));
        Assert.That(Ranking.Tau([1, 2, 3], [3, 2, 1]), Is.EqualTo(-1));
        Assert.That(Ranking.Tau([1, 1, 1], [3, 2, 1]), Is.Zero);
    }

    [TestCase(3.5, true, "4 draws, 1.0000 to 5.0000: 2 of them below the paper's")]
    [TestCase(1.0, true, "4 draws, 1.0000 to 5.0000: 0 of them below the paper's")]
    [TestCase(0.9, false, "4 draws, 1.0000 to 5.0000: all above the paper's")]
    [TestCase(5.1, false, "4 draws, 1.0000 to 5.0000: all below the paper's")]
    public void ChanceExplainsWhatLiesAmongTheDraws(double paper, bool explains, string text)
    {
        Evidence evidence = Evidence.Of(new CellScore(paper, 1), [new(1, 0), new(5, 0), new(3, 0), new(4, 0)])!;
        Assert.That((evidence.Explains, evidence.ToString()), Is.EqualTo((explains, text)));
        Assert.That(Evidence.Of(new CellScore(paper, 1), []), Is.Null);
    }

    [Test]
    public void OnlyWhatDiffersByChanceIsDrawn()
    {
        PaperCell clouds = PaperTables.Cells.Single(c => c.Key == new CellKey("warm", "GaussianClouds", "Margin"));
        PaperCell entropy = PaperTables.Cells.Single(c => c.Key == new CellKey("warm", "Checkerboard4x4", "Entropy"));
        PaperCell yacht = PaperTables.Cells.Single(c => c.Key == new CellKey("warm", "UCIYacht", "LeastConfidence"));
        Assert.That(Array.ConvertAll([clouds, entropy, yacht], cell => Draws.WhyNot(cell) is null), Is.EqualTo(new[] { false, false, true }));
        string empty = Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", "nothing");
        RunSpec run = AsPublished.Plan(new DataFolder(empty)).Prepare().Runs[0];
        Assert.That(Draws.Wants(empty)(run), Is.False, "without results nothing differs");
    }

    [Test]
    public void DrawsCountWhenAllTheirFoldsAreThere()
    {
        CellKey key = new("warm", "Diabetes", "Representative");
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", "drawn");
        string[] tiny = ["as-published", "--dataset", "Diabetes", "--start", "warm", "--strategy", "Representative", "--out", folder];
        Assert.That(Command.Run(tiny), Is.Zero);
        RunResult[] runs = [.. new ExperimentFolder(Path.Combine(folder, Part.AsPublished.Name)).ReadResults().Runs];
        Assert.That(DrawResults.Of(runs).Of(key).Single().Seed, Is.EqualTo(AsPublished.Seed));
        Assert.That(DrawResults.Of(runs).Of(key).Single().Score, Is.EqualTo(PartResults.Of("", runs).Score(key)));
        Assert.That(DrawResults.Of(runs[1..]).Of(key), Is.Empty);
    }
}
