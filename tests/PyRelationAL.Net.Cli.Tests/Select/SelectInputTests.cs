namespace PyRelationAL.Tests.Select;

/// <summary>Wrong files and missing ones: exit code 2 and one line that says what to give.</summary>
public sealed class SelectInputTests
{
    [TestCase("EntropyClassification still needs --probabilities (or --logits, or --samples).", "--strategy Entropy --count 2 --embeddings embeddings.npy")]
    [TestCase("ClassificationBALD still needs --samples.", "--strategy ClassificationBALD --count 2 --probabilities probabilities.npy")]
    [TestCase("BADGE still needs --embeddings.", "--strategy BADGE --count 2 --probabilities probabilities.npy")]
    [TestCase("BADGE still needs --probabilities (or --logits, or --samples).", "--strategy BADGE --count 2 --embeddings embeddings.npy")]
    [TestCase("VarianceReduction still needs --mean and --std (or --value-samples).", "--strategy Variance --count 2 --features embeddings.npy")]
    [TestCase("BatchBALD still needs samples that are the same model for all", "--strategy BatchBALD --count 2 --samples samples.npy --inconsistent")]
    [TestCase("BatchBALD still needs --samples.", "--strategy BatchBALD --count 2 --probabilities probabilities.npy")]
    [TestCase("looks at features; give --embeddings or --features.", "--strategy KCentre --count 2 --probabilities probabilities.npy")]
    [TestCase("give --labelled and --labels. There is no best labelled value", "--strategy EI --count 2 --mean mean.npy --std std.npy")]
    [TestCase("give --labelled and --labels. Item 31", "--strategy EI --count 2 --mean mean.npy --std std.npy --labelled labelled.npy")]
    [TestCase("UpperConfidenceBound is for regression, and --probabilities for class", "--strategy UCB --count 2 --probabilities probabilities.npy")]
    [TestCase("EntropyClassification is for classification, and --mean for reg", "--strategy Entropy --count 2 --mean mean.npy --std std.npy")]
    [TestCase("give one kind.", "--strategy Random --count 2 --probabilities probabilities.npy --value-samples values.npy")]
    [TestCase("say the same; give one of them.", "--strategy Random --count 2 --probabilities probabilities.npy --logits logits.npy")]
    [TestCase("--mean is of use with --std only; give both.", "--strategy Random --count 2 --mean mean.npy")]
    [TestCase("--inconsistent says something about samples", "--strategy Random --count 2 --probabilities probabilities.npy --inconsistent")]
    [TestCase("Give at least one file", "--strategy Random --count 2")]
    [TestCase("Option '--strategy' is required. See 'pyrelational select --help'.", "--count 2 --mean mean.npy")]
    [TestCase("Option '--count' is required.", "--strategy Random --mean mean.npy")]
    [TestCase("Unknown strategy 'Entropi'. Did you mean 'Entropy'?", "--strategy Entropi --count 2 --probabilities probabilities.npy")]
    [TestCase("There is no file 'missing.npy'.", "--strategy Entropy --count 2 --probabilities missing.npy")]
    [TestCase("There is no file 'missing.npz'.", "--strategy Entropy --count 2 --probabilities missing.npz:p")]
    [TestCase("--count is 41; there are 40 rows", "--strategy Entropy --count 41 --probabilities probabilities.npy")]
    [TestCase("--count is 38; there are 37 rows", "--strategy Entropy --count 38 --probabilities probabilities.npy --labelled labelled.npy")]
    [TestCase("--count is '0'", "--strategy Entropy --count 0 --probabilities probabilities.npy")]
    [TestCase("fortran.npy: the array is in Fortran order; save numpy.ascontiguous", "--strategy Entropy --count 2 --probabilities fortran.npy")]
    [TestCase("big_endian.npy: the numbers are big-endian ('>f8'); save array.astype('<f8').", "--strategy Entropy --count 2 --probabilities big_endian.npy")]
    [TestCase("half.npy: the numbers are of type '<f2'; float32 and float64 are read.", "--strategy KCentre --count 2 --embeddings half.npy")]
    [TestCase("the numbers are of type '<i8'", "--strategy KCentre --count 2 --embeddings labelled.npy")]
    [TestCase("the array is [40]; --probabilities takes [N×C].", "--strategy Entropy --count 2 --probabilities mean.npy")]
    [TestCase("the array is [40×3]; --samples takes [S×N×C].", "--strategy Entropy --count 2 --samples probabilities.npy")]
    [TestCase("takes [S×N×C]. Give an .npy or .npz file.", "--strategy Entropy --count 2 --samples probabilities.csv")]
    [TestCase("the array is [40×3]; --mean takes [N].", "--strategy UCB --count 2 --mean probabilities.npy --std std.npy")]
    [TestCase("has 40 rows and ", "--strategy Entropy --count 2 --probabilities probabilities.npy --embeddings values.npy")]
    [TestCase("one column is needed, or one named 'index'.", "--strategy Entropy --count 2 --probabilities probabilities.npy --labelled probabilities.csv")]
    [TestCase("is not one of the 40 rows, which are counted from 0 to 39.", "--strategy Entropy --count 2 --probabilities probabilities.npy --pool mean.npy")]
    [TestCase("is in --pool and in --labelled.", "--strategy Random --count 1 --mean mean.npy --std std.npy --pool labelled.npy --labelled labelled.txt")]
    [TestCase("--labels are those of the rows in --labelled", "--strategy Random --count 1 --probabilities probabilities.npy --labels labels.npy")]
    [TestCase("has 40 labels for the 3 rows", "--strategy UCB --count 1 --mean mean.npy --std std.npy --labelled labelled.npy --labels mean.npy")]
    [TestCase("31 is no class; the classes are 0 to 2, and −1 is none of them.",
        "--strategy Entropy --count 1 --logits logits.npy --labelled labelled.npy --labels labelled.npy")]
    [TestCase("--purest is 0; it must be above 0 and at most 1.", "--strategy Random --count 1 --embeddings embeddings.npy --labelled labelled.npy --purest 0")]
    [TestCase(
        "--purest is 1.5; it must be above 0 and at most 1.",
        "--strategy Random --count 1 --mean mean.npy --std std.npy --labelled labelled.npy --purest 1.5")]
    [TestCase("--purest compares rows with labelled ones; give --labelled.", "--strategy Random --count 1 --embeddings embeddings.npy --purest 0.5")]
    [TestCase("LfOSA may need labels; give --labelled and --labels.", "--strategy LfOSA --count 1 --embeddings embeddings.npy --labelled labelled.npy")]
    [TestCase("its name must end with .txt, .csv, .npy, .npz.", "--strategy Entropy --count 2 --probabilities probabilities.npy --out batch.json")]
    [TestCase("There is no folder '", "--strategy Entropy --count 2 --probabilities probabilities.npy --out no-such-folder/batch.csv")]
    [TestCase("which is one of the files to read.", "--strategy Entropy --count 2 --probabilities probabilities.npy --out probabilities.npy")]
    [TestCase("'logits'; there are probabilities.npy, samples.npy, labelled.npy. Name one as FILE.npz:", "--strategy Entropy --count 2 --logits round.npz")]
    [TestCase("there is no array 'p'; there are probabilities.npy, ", "--strategy Entropy --count 2 --logits round.npz:p")]
    public void TheMessageSaysWhatToGive(string expected, string arguments) => AssertRefused(expected, SelectFile.Words(arguments));

    [TestCase("", "the file is empty.")]
    [TestCase("a,b\n", "the file has a header and no rows.")]
    [TestCase("0,1\n0.5,0.5\n", "may be the columns' names or data. Give the columns names, or save the array as .npy.")]
    [TestCase("\"\",\"V1\",\"V2\"\n\"1\",0.5,0.5\n", "row.names = FALSE in R, index=False in pandas.")]
    [TestCase("0.5,0.5\n0.5,x\n", "line 2, column '2': 'x' is no finite number.")]
    [TestCase("0.5,0.5\n0.5,NaN\n", "line 2, column '2': 'NaN' is no finite number.")]
    [TestCase("0.5,half\n0.5,0.5\n", "line 1: 'half' is no number, and the line is no header: others are numbers.")]
    [TestCase("0.5,0.5\n0.5\n", "line 2: there are 1 fields instead of 2.")]
    [TestCase("a,b\n0.5,0.5\n0.25,0.5\n", "row 1 sums to 0.75; it must sum to 1 (within 0.001). Apply the softmax before passing logits.")]
    [TestCase("a,b\n0.5,0.5\n0.5,0.5\n-1,2\n", "row 2, class 0 is -1; probabilities must be finite and not negative.")]
    public void ATextThatHoldsNoProbabilitiesIsExplained(string text, string expected)
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "p.csv");
        File.WriteAllText(file, text);
        AssertRefused(expected, "select", "--strategy", "Entropy", "--count", "1", "--probabilities", file);
    }

    [TestCase("3\n40\n", "row 1: 40 is not one of the 40 rows, which are counted from 0 to 39.")]
    [TestCase("3\n-1\n", "row 1: -1 is not one of the 40 rows")]
    [TestCase("3\n1.5\n", "row 1: 1.5 is not one of the 40 rows")]
    [TestCase("3\n5\n3\n", "row 2: 3 stands there a second time.")]
    [TestCase("", "the file is empty.")]
    public void RowsThatCannotBeLabelledAreExplained(string text, string expected)
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "labelled.txt");
        File.WriteAllText(file, text);
        AssertRefused(expected, [.. SelectFile.Words("--strategy Entropy --count 1 --probabilities probabilities.npy"), "--labelled", file]);
    }

    [Test]
    public void FilesThatAreCutOffOrTooLongAreRefused()
    {
        byte[] bytes = File.ReadAllBytes(SelectFile.Of("embeddings.npy"));
        AssertRefused("the file is cut off: 40×5 numbers take 800 bytes, and there are 799.", Damaged(bytes[..^1]));
        AssertRefused("there is more data than the header says: 40×5 numbers take 800 bytes, and there are 801.", Damaged([.. bytes, 0]));
        AssertRefused("the file is cut off.", Damaged(bytes[..50]));
        AssertRefused("the file is no NumPy array.", Damaged([.. "index\n1\n2\n3\n"u8]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ANaNIsNamedByTheFilesRowAndColumn(bool isMapped)
    {
        byte[] bytes = File.ReadAllBytes(SelectFile.Of("embeddings.npy"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 800 + (((7 * 5) + 2) * 4)), float.NaN);
        string[] rows = isMapped ? [] : ["--labelled", SelectFile.Of("labelled.npy")];
        AssertRefused("damaged.npy: row 7, column 2: NaN is no finite number.", [.. Damaged(bytes), .. rows]);
    }

    [Test]
    public void AFaultySampleIsNamedByItsRow()
    {
        byte[] bytes = File.ReadAllBytes(SelectFile.Of("samples.npy"));
        // Sample 2, row 35, class 1 of [6×40×3]. Row 35 is the 33rd candidate.
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - (6 * 40 * 3 * 8) + (((((2 * 40) + 35) * 3) + 1) * 8)), 2.5);
        string file = Path.Combine(ToolRun.TemporaryFolder(), "samples.npy");
        File.WriteAllBytes(file, bytes);
        AssertRefused("sample 2, row 35 sums to", [.. SelectFile.Words("--strategy Entropy --count 1 --labelled labelled.npy"), "--samples", file]);
    }

    [Test]
    public void AFileThatCannotBeWrittenIsNamed()
    {
        string path = Path.Combine(ToolRun.TemporaryFolder(), "batch.csv");
        Directory.CreateDirectory(path);
        AssertRefused(
            $"'{path}' cannot be written; choose another --out.",
            [.. SelectFile.Words("--strategy Entropy --count 2 --probabilities probabilities.npy"), "--out", path]);
    }

    [Test]
    public void ANegativeDeviationIsNamedByItsRow()
    {
        string folder = ToolRun.TemporaryFolder(), mean = Path.Combine(folder, "mean.csv"), std = Path.Combine(folder, "std.csv");
        File.WriteAllText(mean, "1\n2\n3\n");
        File.WriteAllText(std, "1\n0.5\n-0.5\n");
        AssertRefused("std.csv: row 2: -0.5 is negative", "select", "--strategy", "UCB", "--count", "1", "--mean", mean, "--std", std);
    }

    [Test]
    public void OneSampleCannotDisagree()
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "values.csv");
        File.WriteAllText(file, "1,2,3\n");
        AssertRefused("needs at least 2 samples; ", "select", "--strategy", "Variance", "--count", "1", "--value-samples", file);
    }

    [Test]
    public void ACancelledSelectionEndsWith130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        ToolRun run = ToolRun.Of(
            new StringWriter(), stop.Token, SelectFile.Words("--strategy KCentre --count 2 --embeddings embeddings.npy"));
        Assert.That(run.ExitCode, Is.EqualTo(130));
    }

    private static string[] Damaged(byte[] bytes)
    {
        string file = Path.Combine(ToolRun.TemporaryFolder(), "damaged.npy");
        File.WriteAllBytes(file, bytes);
        return ["select", "--strategy", "KCentre", "--count", "1", "--embeddings", file];
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
