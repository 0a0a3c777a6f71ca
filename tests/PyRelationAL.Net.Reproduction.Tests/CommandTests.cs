using PyRelationAL.Experiments;
using PyRelationAL.Reproduction;
using PyRelationAL.Reproduction.Page;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Plans;
using PyRelationAL.Reproduction.Results;

namespace PyRelationAL.Tests;

public sealed class CommandTests
{
    // Diabetes is the smallest task that needs no file besides the library's; random queries the quickest strategy.
    private static readonly string[] Tiny = ["--dataset", "Diabetes", "--start", "warm", "--strategy", "RandomAcquisition,Representative", "--threads", "2"];

    [Test]
    public void AKilledRunGoesOnAndEndsWithTheSameResults()
    {
        string whole = Folder("whole"), stopped = Folder("stopped");
        Assert.That(Command.Run(["as-published", .. Tiny, "--out", whole]), Is.Zero);
        RunResult[] expected = [.. Read(whole)];
        Assert.That(expected, Has.Length.EqualTo(10));

        // As a killed process leaves it: some lines, and half of one.
        string file = Path.Combine(whole, "as-published", "results.jsonl"), other = Path.Combine(stopped, "as-published", "results.jsonl");
        byte[] bytes = File.ReadAllBytes(file);
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.WriteAllBytes(other, bytes[..(bytes.Length / 2)]);
        int kept = File.ReadAllLines(other).Length - 1;
        Assert.That(Command.Run(["as-published", .. Tiny, "--out", stopped]), Is.Zero);
        Assert.That(ResultComparer.Differences(expected, Read(stopped)), Is.Empty);
        Assert.That(Session.Read(Path.GetDirectoryName(other)!).Single().Runs, Is.EqualTo(10 - kept));

        string docs = Folder("docs");
        ReproductionPage.Write(whole, docs);
        string page = File.ReadAllText(Path.Combine(docs, "reproduction.md"));
        Assert.That(page, Does.Contain("![Learning curves](reproduction/warm-Diabetes.svg)"));
        Assert.That(File.ReadAllText(Path.Combine(docs, "reproduction", "warm-Diabetes.svg")), Does.StartWith("<svg"));
        Assert.That(File.ReadAllLines(Path.Combine(docs, "reproduction", "runs.csv")), Has.Length.EqualTo(11));

        // The representative cell is deterministic: only scikit-learn's old data set stands between it and the paper's last decimals.
        CellScore ours = PartResults.Read(whole, Part.AsPublished).Score(new CellKey("warm", "Diabetes", "Representative"))!;
        Assert.That(ours.Mean, Is.EqualTo(234665.9027).Within(1e-3).Percent);
    }

    [TestCase("--threads", "0")]
    [TestCase("--colour", "red")]
    [TestCase("as-imagined")]
    [TestCase("--out")]
    public void WrongArgumentsAreRefused(params string[] args) => Assert.That(Command.Run(args), Is.EqualTo(2));

    private static IReadOnlyList<RunResult> Read(string folder) => new ExperimentFolder(Path.Combine(folder, Part.AsPublished.Name)).ReadResults().Runs;

    private static string Folder(string name)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "temporary", name);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }
}
