using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class CompareTests
{
    private static readonly string[] Small =
        ["--model", "logisticregression", "--strategy", "margin", "--folds", "4", "--seeds", "2", "--queries", "5", "--batch-size", "2", "--time-budget", "0"];

    [Test]
    public void ItAnswersInWordsAndWritesAReportThatBeginsWithThem()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun run = Compare(folder, Table(), Small);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] lines = run.Output.Split('\n');
        Assert.That(lines[0], Does.StartWith("On flowers with LogisticRegression"));
        Assert.That(lines[1], Does.StartWith("• Trained on all 75 training items, the model reaches a balanced accuracy of 0."));
        Assert.That(
            run.Output, Does.Contain("90 % of the full performance").And.Contain("RandomAcquisition").And.Contain("report.html").And.Not.Contain("NaN"));
        Assert.That(run.ErrorLines, Has.Some.EqualTo("Column 'number' is left out: it numbers the rows, or is an id. (--keep)")
            .And.Some.StartWith("The task is classification with 3 classes: 'kind' has only 3 different texts (iris a, iris b, iris c). (--task)")
            .And.Some.StartWith("Runs start cold, with one label of each class, and warm").And.Some.EqualTo("100 %: 40 of 40 runs"));
        string page = File.ReadAllText(Path.Combine(folder, "out", "report.html"));
        Assert.That(page, Does.Contain("The answer").And.Contain(System.Net.WebUtility.HtmlEncode(lines[0])).And.Contain("<svg"));
    }

    [Test]
    public void TheSameCommandGoesOnAndTheReportIsWrittenAnewFromTheResults()
    {
        string folder = ToolRun.TemporaryFolder();
        string first = Compare(folder, Table(), Small).Output;
        var stored = new ExperimentFolder(Path.Combine(folder, "out"));
        string[] results = File.ReadAllLines(stored.ResultsFile);
        File.WriteAllLines(stored.ResultsFile, results[..11]);
        string page = File.ReadAllText(stored.ReportFile);
        ToolRun second = Compare(folder, Table(), Small);
        Assert.That(second.Output, Is.EqualTo(first));
        Assert.That(File.ReadAllLines(stored.ResultsFile), Has.Length.EqualTo(results.Length));
        Assert.That(second.ErrorLines, Has.Some.EqualTo("100 %: 29 of 29 runs"));
        Assert.That(ToolRun.Of("report", stored.Path).ExitCode, Is.Zero);
        Assert.That(AnswerOf(File.ReadAllText(stored.ReportFile)), Is.EqualTo(AnswerOf(page)));
        Assert.That(
            Compare(folder, Table(), [.. Small, "--seed", "9"]) is { ExitCode: 2 } refused && refused.Error.Contains("holds results of other settings"),
            Is.True);
        Assert.That(Compare(folder, Table(), [.. Small, "--seed", "9", "--fresh"]).ExitCode, Is.Zero);

        static string AnswerOf(string html) => html[html.IndexOf("The answer", StringComparison.Ordinal)..html.IndexOf("</ul>", StringComparison.Ordinal)];
    }

    [Test]
    public void TheCommandInTheReportGivesTheSameRuns()
    {
        string folder = ToolRun.TemporaryFolder();
        Assert.That(Compare(folder, Table(), [.. Small, "--keep", "number"]).ExitCode, Is.Zero);
        var first = new ExperimentFolder(Path.Combine(folder, "out"));
        var second = new ExperimentFolder(Path.Combine(folder, "again"));
        string[] command = first.ReadManifest()!.Command!.Split(' ');
        Assert.That(ToolRun.Of([.. command[1..], "--time-budget", "0", "--out", second.Path]).ExitCode, Is.Zero);
        Assert.That(ResultComparer.Differences(first.ReadResults().Runs, second.ReadResults().Runs), Is.Empty);
    }

    [Test]
    public void JsonIsOneObjectAndNothingElse()
    {
        ToolRun run = Compare(ToolRun.TemporaryFolder(), Table(), [.. Small, "--json"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement answer = json.RootElement.GetProperty("answer");
        JsonElement start = answer.GetProperty("starts")[0];
        Assert.That(json.RootElement.GetProperty("finishedRuns").GetInt32(), Is.EqualTo(40));
        Assert.That((start.GetProperty("start").GetString(), start.GetProperty("runs").GetInt32()), Is.EqualTo(("cold", 8)));
        Assert.That(start.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("share").GetDouble()), Is.EqualTo(new[] { 0.9, 0.95, 0.99 }));
        Assert.That(start.GetProperty("verdict").GetString(), Is.AnyOf(Enum.GetNames<ComparisonVerdict>()));
        Assert.That(answer.GetProperty("sentences").GetArrayLength(), Is.GreaterThan(4));
    }

    [TestCase("", "the file is empty", TestName = "AnEmptyFile")]
    [TestCase("a,kind\n1,x\n", "there is only one class, 'x'", TestName = "OneRow")]
    [TestCase("a,kind\n1,x\n2,y\n", "'flowers' has 2 items; a comparison needs at least 20", TestName = "TwoRows")]
    [TestCase("a,kind\n1,x\n2,\n", "line 3, column 'kind': the target is missing. Fill it in, or remove the row.", TestName = "AMissingTarget")]
    [TestCase("a,kind\n,x\nNA,y\n", "there is no feature column", TestName = "NoFeatureWithAValue")]
    public void BadFilesAreRefusedWithWhatIsWrong(string table, string message)
    {
        ToolRun run = Compare(ToolRun.TemporaryFolder(), table, []);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines[^1], Does.StartWith("pyrelational: ").And.Contain(message));
    }

    [TestCase("--target kidn", "Did you mean 'kind'?")]
    [TestCase("--folds 101", "101 folds were asked for")]
    [TestCase("--metric r2", "no metric for a comparison on classification")]
    [TestCase("--model BayesianLinearRegression", "is not for classification")]
    [TestCase("--strategy Marginn", "Did you mean 'Margin'?")]
    [TestCase("--time-budget -1", "--time-budget is '-1'")]
    [TestCase("--batch-size 5000", "A query is to label 5000 items, and a fold has 80 to train on")]
    public void BadSettingsAreRefusedWithWhatIsAllowed(string options, string message)
    {
        ToolRun run = Compare(ToolRun.TemporaryFolder(), Table(), options.Split(' '));
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines[^1], Does.StartWith("pyrelational: ").And.Contain(message));
    }

    [Test]
    public void WithoutDataItSaysHow()
    {
        ToolRun run = ToolRun.Of("compare");
        Assert.That((run.ExitCode, run.Error.Trim()), Is.EqualTo((2, "pyrelational: Name the data to compare on: compare --data FILE --target COLUMN.")));
    }

    [Test]
    public void ATargetThatNeverVariesIsRefused()
    {
        string table = "a,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7}.5,2.5\n"));
        Assert.That(Compare(ToolRun.TemporaryFolder(), table, []).ErrorLines[^1], Does.Contain("have the label 2.5; there is nothing to predict"));
    }

    [Test]
    public void StoppedAtOnceItSaysSo()
    {
        string folder = ToolRun.TemporaryFolder();
        File.WriteAllText(Path.Combine(folder, "flowers.csv"), Table());
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        ToolRun run = ToolRun.Of(
            new StringWriter(), stop.Token, ["compare", "--data", Path.Combine(folder, "flowers.csv"), .. Small, "--out", Path.Combine(folder, "out")]);
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(run.Error, Does.Contain("topped"));
    }

    /// <summary>Two of three irises, with numbers for the rows and a text for the class.</summary>
    private static string Table()
    {
        InMemoryDataset iris = Iris.Load();
        float[] row = new float[iris.FeatureCount];
        return "number,a,b,c,d,kind\n" + string.Concat(Enumerable.Range(0, 100).Select(i =>
        {
            int item = (i * 3 / 2) % iris.Count;
            iris.CopyFeatures(item, row);
            return FormattableString.Invariant($"{i},{row[0]},{row[1]},{row[2]},{row[3]},iris {"abc"[iris.GetLabel(item).Class]}\n");
        }));
    }

    private static ToolRun Compare(string folder, string table, string[] options)
    {
        string file = Path.Combine(folder, "flowers.csv");
        File.WriteAllText(file, table);
        return ToolRun.Of(["compare", "--data", file, .. options, "--out", Path.Combine(folder, "out")]);
    }
}
