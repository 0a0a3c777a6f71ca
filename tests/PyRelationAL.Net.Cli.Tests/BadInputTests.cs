namespace PyRelationAL.Tests;

/// <summary>Wrong usage and bad input: exit code 2, one line that says what to change, no stack trace.</summary>
public sealed class BadInputTests
{
    [TestCase("Unknown strategy 'LeastConfidense'. Did you mean 'LeastConfidence'?", "bench", "--strategy", "LeastConfidense")]
    [TestCase("Unknown dataset 'Irris'. Did you mean 'Iris'?", "bench", "--dataset", "Irris")]
    [TestCase("Unknown model 'GP'.", "bench", "--model", "GP")]
    [TestCase("Unknown metric 'acc'.", "bench", "--metric", "acc")]
    [TestCase("There is no start 'hot'.", "bench", "--start", "hot")]
    [TestCase("--queries is '-3'; it must be a whole number of at least 1.", "bench", "--queries", "-3")]
    [TestCase("--queries is '1.5'; it must be a whole number of at least 1.", "bench", "--queries", "1.5")]
    [TestCase("--threads is '0'; it must be a whole number of at least 1.", "bench", "--threads", "0")]
    [TestCase("--folds is '1'; it must be a whole number of at least 2.", "bench", "--folds", "1")]
    [TestCase("--batch-size is '0'", "bench", "--batch-size", "0")]
    [TestCase("--seeds is '10001'; it must be a whole number of at least 1 and at most 10000.", "bench", "--seeds", "10001")]
    [TestCase("--dataset is empty; give it a NAME, or leave it out.", "bench", "--dataset", "")]
    [TestCase("--strategy is empty; give it a NAME", "bench", "--strategy", "Random", "--strategy", ",")]
    [TestCase("--out is empty; give it a DIR, or leave it out.", "bench", "--out", " ")]
    [TestCase("0 labelled items per class were asked for; a start needs at least 1.", "bench", "--dataset", "Iris", "--start", "kperclass:0")]
    [TestCase("A labelled share of 1 was asked for; a warm start needs one", "bench", "--dataset", "Iris", "--start", "warm:1")]
    [TestCase("--no-header says how to read --data; give --data FILE too.", "bench", "--no-header")]
    [TestCase("--seed is 'x'; it must be a whole number.", "bench", "--seed", "x")]
    [TestCase("There is no option '--xyzzyxyzzy'. See 'pyrelational bench --help'.", "bench", "--xyzzyxyzzy")]
    [TestCase("There is no option '--modle'. Did you mean '--model'?", "bench", "--modle=GP")]
    [TestCase("There is no option '--sed'. Did you mean '--seed'?", "datasets", "list", "--sed", "1")]
    [TestCase("'Entropy' belongs to no option; several values of one are separated by commas.", "bench", "--strategy", "Margin", "Entropy")]
    [TestCase("'Margin' is not expected here.", "strategies", "Margin")]
    [TestCase("Unknown model 'Logistic'. Did you mean 'LogisticRegression'?", "bench", "--model", "Logistic")]
    [TestCase("--out", "bench", "--out")]
    [TestCase("570 folds", "bench", "--dataset", "BreastCancer", "--folds", "570")]
    [TestCase("the largest 50. Use fewer folds.", "bench", "--dataset", "Iris", "--folds", "51")]
    [TestCase("Nothing is left to run. VarianceReduction is for regression, Iris is for", "bench", "--dataset", "Iris", "--strategy", "Variance")]
    [TestCase("QueryByCommittee needs a capability that Log", "bench", "--dataset", "Iris", "--strategy", "QBC", "--model", "LogisticRegression")]
    [TestCase("--target says how to read --data; give --data FILE too.", "bench", "--target", "y")]
    [TestCase("--ignore says how to read --data; give --data FILE too.", "bench", "--ignore", "id")]
    [TestCase("There is no file 'missing.csv'.", "bench", "--data", "missing.csv")]
    [TestCase("Unknown dataset 'Irris'. Did you mean 'Iris'?", "datasets", "info", "Irris")]
    [TestCase("See 'pyrelational datasets info --help'.", "datasets", "info")]
    [TestCase("There is no command 'lst'. Did you mean 'list'? See 'pyrelational datasets --help'.", "datasets", "lst")]
    [TestCase("There is no results.jsonl in 'no-such-folder'.", "report", "no-such-folder")]
    [TestCase("There is no command 'benhc'. Did you mean 'bench'? See 'pyrelational --help'.", "benhc")]
    public void TheMessageSaysWhatToChange(string expected, params string[] args) => AssertRefused(expected, args);

    [TestCase("a,b,y\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n", "yield", "yield", TestName = "UnknownColumn")]
    [TestCase("a,b,y\n1,2,0\n3,oops,1\n5,6,0\n7,8,1\n", "y", "line 3, column 'b'", TestName = "TextInANumberColumn")]
    [TestCase("", "y", "table.csv", TestName = "EmptyFile")]
    [TestCase("a,b,y\n", "y", "table.csv", TestName = "HeaderWithoutRows")]
    [TestCase("a,b,y\n1,2,x\n3,4,x\n5,6,x\n", "y", "only one class, 'x'", TestName = "OneClass")]
    [TestCase("a,b,y\n1,2,0.5\n,4,1.5\n5,6,2.5\n", "y", "line 3, column 'a'", TestName = "MissingValue")]
    [TestCase("a,b,y\n1,2,0.5\n3,4,1.25\n5,6,2.75\n", "y", "5 folds", TestName = "MoreFoldsThanRows")]
    [TestCase("a,b,y\n1,2,x\n3,4\n5,6,x\n", "y", "line 3", TestName = "ShortLine")]
    [TestCase("a,b,y\n1,2,0\n3,4,\n5,6,1\n", "y", "the target is missing. Fill it in, or remove the row.", TestName = "MissingTarget")]
    [TestCase("1,2,x\n3,4,x\n5,6,z\n", "x", "If the file has no header, say so with --no-header.", TestName = "NoHeader")]
    [TestCase("a;b;y\n1;2,5;x\n3;4,5;x\n5;6,5;z\n", "y", "list the column in --categorical.", TestName = "DecimalComma")]
    public void AFileThatIsNoTableForTheJobIsExplained(string text, string target, string expected)
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllText(file, text);
        AssertRefused(expected, "bench", "--data", file, "--target", target, "--strategy", "Random", "--out", Path.Combine(folder, "out"));
        Assert.That(Directory.Exists(Path.Combine(folder, "out")), Is.False);
    }

    [Test]
    public void ATextWithTooManyValuesIsToBeLeftOut()
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "table.csv");
        File.WriteAllLines(file, ["id,y", .. Enumerable.Range(0, 101).Select(i => $"id{i},{i}.5")]);
        AssertRefused("more than 100. Leave it out (--ignore).", "bench", "--data", file);
    }

    [Test]
    public void AnOutputFolderThatCannotBeWrittenIsRefusedBeforeTheFirstRun()
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "file");
        File.WriteAllText(file, "not a folder");
        AssertRefused("cannot be written", "bench", "--out", Path.Combine(file, "below"));
    }

    [Test]
    public void AFileWithoutItsOptionIsToldWhichOne()
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "table.csv");
        File.WriteAllText(file, "a,y\n1,2\n");
        AssertRefused($"The file '{file}' needs an option before it: --data {file}.", "compare", file);
    }

    [Test]
    public void DamagedResultsAreExplained()
    {
        string folder = ToolRun.TemporaryFolder();
        File.WriteAllText(Path.Combine(folder, "results.jsonl"), "nonsense\n{}\n");
        AssertRefused("line 1: this is not a result", "report", folder);
    }

    [Test]
    public void VerboseTellsEverything()
    {
        ToolRun run = ToolRun.Of("bench", "--dataset", "Irris", "--verbose");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("   at "));
    }

    private static void AssertRefused(string expected, params string[] args)
    {
        ToolRun run = ToolRun.Of(args);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.StartWith("pyrelational: ").And.Contain(expected));
        Assert.That(run.Error, Does.Not.Contain("   at ").And.Not.Contain("Parameter '").And.Not.Contain("System."));
        Assert.That(run.Output, Is.Empty);
    }
}
