using PyRelationAL.Datasets;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Select;

/// <summary><c>select</c>: what it selects from NumPy's files is what NumPy selects.</summary>
public sealed class SelectTests
{
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities probabilities.npy")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities probabilities.csv")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities round.npz")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities round.npz:probabilities")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities single.npz")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --logits logits.npy")]
    [TestCase("Entropy", "--strategy Entropy --count 5 --probabilities probabilities.npy --embeddings embeddings.npy --samples samples.npy")]
    [TestCase("LeastConfidence", "--strategy LeastConfidence --count 5 --probabilities probabilities.npy")]
    [TestCase("EntropyOfSamples", "--strategy Entropy --count 5 --samples samples.npy")]
    [TestCase("ClassificationBALD", "--strategy ClassificationBALD --count 5 --samples samples.npy")]
    [TestCase("ClassificationBALD", "--strategy ClassificationBALD --count 5 --samples round.npz --inconsistent")]
    [TestCase("KCentre", "--strategy kcenter --count 6 --embeddings embeddings.npy")]
    [TestCase("KCentre", "--strategy kcenter --count 6 --features embeddings_double.npy")]
    [TestCase("KCentre", "--strategy kcenter --count 6 --probabilities probabilities.npy --features embeddings.npy")]
    [TestCase("Variance", "--strategy Variance --count 5 --mean mean.npy --std std.npy")]
    [TestCase("VarianceOfSamples", "--strategy Variance --count 5 --value-samples values.npy")]
    [TestCase("UCB", "--strategy UCB --count 5 --mean mean.npy --std std.npy")]
    public void TheBatchIsNumPys(string expected, string arguments)
    {
        foreach (string labelled in new[] { "labelled.npy", "labelled.txt", "round.npz" })
        {
            AssertSame(SelectFile.Run($"{arguments} --labelled {labelled}"), SelectFile.Expected(expected));
        }
    }

    [Test]
    public void AMappedFileAndACopyGiveTheSame()
    {
        // Rows 5 to 25 lie side by side and are mapped; without one of them they are read.
        string folder = ToolRun.TemporaryFolder();
        string run = Path.Combine(folder, "run.txt"), gap = Path.Combine(folder, "gap.txt"), twelve = Path.Combine(folder, "twelve.txt");
        File.WriteAllLines(run, Enumerable.Range(5, 20).Select(i => $"{i}"));
        File.WriteAllLines(gap, Enumerable.Range(5, 20).Where(i => i != 12).Select(i => $"{i}").Reverse());
        File.WriteAllText(twelve, "12\n");
        const string Strategy = "--strategy kcentre --count 19 --embeddings embeddings.npy";
        (int[] mapped, _) = SelectFile.Run($"{Strategy} --pool {run}");
        Assert.That(mapped, Has.Length.EqualTo(19).And.Unique.And.All.InRange(5, 24));
        (int[] single, double[] scores) = SelectFile.Run($"{Strategy} --pool {gap} --labelled {twelve}");
        (int[] wide, double[] wideScores) = SelectFile.Run(
            $"--strategy kcentre --count 19 --embeddings embeddings_double.npy --pool {gap} --labelled {twelve}");
        Assert.That(single, Does.Not.Contain(12));
        AssertSame((single, scores), (wide, wideScores));
        FeatureMatrix rows = Rows();
        int[] pool = [.. Enumerable.Range(5, 20)];
        Assert.That(mapped, Is.EqualTo(KCentreGreedyStrategy.Select(rows.SelectRows(pool), new FeatureMatrix(default, 0, 0), 19).Select(i => pool[i])));
    }

    [Test]
    public void BadgeIsThatOfTheLibraryOnProbabilitiesAndEmbeddings()
    {
        using NumberFile file = NumberFile.Open(SelectFile.Of("probabilities.npy"), string.Empty);
        var values = new double[120];
        file.Read(0, values);
        var gradients = GradientEmbeddings.OfCrossEntropy(new ClassProbabilities(values, 3), Rows());
        int[] expected = BADGEStrategy.Select(gradients, 12, new RandomStream(5).Child(nameof(BADGEStrategy)));
        foreach (string source in new[] { "--probabilities probabilities.npy", "--logits logits.npy" })
        {
            foreach (string threads in new[] { "1", "4" })
            {
                (int[] indices, double[] scores) = SelectFile.Run(
                    $"--strategy badge --count 12 --seed 5 --threads {threads} {source} --embeddings embeddings.npy");
                Assert.That(indices, Is.EqualTo(expected));
                Assert.That(scores, Is.Empty);
            }
        }

        Assert.That(SelectFile.Run("--strategy badge --count 12 --seed 6 --probabilities probabilities.npy --embeddings embeddings.npy").Indices,
            Is.Not.EqualTo(expected));
    }

    [Test]
    public void EveryStrategyRunsOnFilesOrSaysWhatItNeeds()
    {
        foreach (StrategyDescription strategy in StrategyCatalogue.All)
        {
            string files = strategy.Tasks.HasFlag(TaskKinds.Classification)
                ? "--probabilities probabilities.npy --samples samples.npy --labels labels.npy"
                : "--mean mean.npy --std std.npy --value-samples values.npy --labels labels.npy";
            ToolRun run = ToolRun.Of(SelectFile.Words(
                $"--strategy {strategy.Name} --count 4 --embeddings embeddings.npy --labelled labelled.npy {files}"));
            Assert.That(run.ExitCode, Is.Zero.Or.EqualTo(2), $"{strategy.Name}: {run.Error}");
            Assert.That(run.Error, run.ExitCode == 0 ? Is.Empty : Does.Match("needs"), strategy.Name);
            Assert.That(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(run.ExitCode == 0 ? 5 : 0), strategy.Name);
        }
    }

    [Test]
    public void ALabelOfMinusOneIsOfNoClass()
    {
        // Row i lies at the angle i · 4°; row 0 is of class 0, row 39 of none.
        string folder = ToolRun.TemporaryFolder(), rows = Path.Combine(folder, "rows.csv"), known = Path.Combine(folder, "known.csv");
        File.WriteAllLines(rows, Enumerable.Range(0, 40).Select(i =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Cos(i * Math.PI / 45):R},{Math.Sin(i * Math.PI / 45):R}")).Prepend("x,y"));
        File.WriteAllLines(known, ["index,label", "0,0", "39,-1"]);
        int[] Batch(string arguments) => SelectFile.Run($"{arguments} --embeddings {rows} --labelled {known} --labels {known}").Indices;
        Assert.That(Batch("--strategy Random --count 4 --purest 0.1"), Is.EquivalentTo(new[] { 1, 2, 3, 4 }), "a tenth of 38 rows, rounded up");
        Assert.That(Batch("--strategy SIMILAR --count 3"), Is.All.LessThan(18), "nearer to row 0");
        Assert.That(Batch("--strategy LfOSA --count 3"), Is.All.LessThan(20));
        Assert.That(Batch("--strategy CCAL --count 3"), Is.Unique.And.None.EqualTo(39));
        ToolRun run = ToolRun.Of([.. SelectFile.Words($"--strategy Random --count 1 --embeddings {rows} --labelled {known} --labels {known}"), "--json"]);
        Assert.That(run.Output, Does.Match("\"labelled\": ?1,").And.Match("\"outOfDistribution\": ?1,").And.Match("\"pool\": ?38,"));
    }

    [Test]
    public void IndicesAndScoresAreWrittenByTheFilesEnding()
    {
        string folder = ToolRun.TemporaryFolder();
        (int[] indices, double[] scores) = SelectFile.Expected("Entropy");
        string Written(string name)
        {
            string path = Path.Combine(folder, name);
            ToolRun run = ToolRun.Of([
                .. SelectFile.Words("--strategy Entropy --count 5 --probabilities probabilities.npy --labelled labelled.npy"), "--out", path]);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Is.EqualTo($"5 of 37 rows by EntropyClassification: {path}{Environment.NewLine}"));
            return path;
        }

        Assert.That(File.ReadAllText(Written("batch.txt")), Is.EqualTo(string.Concat(indices.Select(i => $"{i}\n"))));
        Assert.That(File.ReadAllBytes(Written("batch.npy")), Is.EqualTo(File.ReadAllBytes(SelectFile.Of("entropy_indices.npy"))), "as NumPy writes it");
        NumberArray csv = NumberFile.ReadAll(Written("batch.csv"), string.Empty);
        Assert.That(csv.Names, Is.EqualTo(new[] { "index", "score" }));
        Assert.That(csv.Values.Where((_, i) => i % 2 == 0), Is.EqualTo(indices));
        Assert.That(csv.Values.Where((_, i) => i % 2 == 1), Is.EqualTo(scores).Within(1e-15));
        string archive = Written("batch.npz");
        Assert.That(NumberFile.ReadAll(archive, "index").Values, Is.EqualTo(indices));
        Assert.That(NumberFile.ReadAll(archive + ":score", string.Empty).Values, Is.EqualTo(scores).Within(1e-15));
        byte[] first = File.ReadAllBytes(archive);
        Assert.That(File.ReadAllBytes(Written("batch.npz")), Is.EqualTo(first));
    }

    [Test]
    public void WithoutAFileTheBatchIsPrintedAndMayBeTheNextRoundsLabelledRows()
    {
        const string Select = "--strategy Entropy --count 5 --probabilities probabilities.npy";
        string[] lines = ToolRun.Of(SelectFile.Words(Select)).Output.Split(Environment.NewLine);
        Assert.That(lines[0], Is.EqualTo("index,score"));
        string labelled = Path.Combine(ToolRun.TemporaryFolder(), "labelled.csv");
        File.WriteAllLines(labelled, lines);
        int[] first = SelectFile.Run(Select).Indices, next = SelectFile.Run($"{Select} --labelled {labelled}").Indices;
        Assert.That(next, Is.EqualTo(SelectFile.Run("--strategy Entropy --count 10 --probabilities probabilities.npy").Indices.Except(first)));
        Assert.That(ToolRun.Of(SelectFile.Words("--strategy Random --count 2 --mean mean.npy --std std.npy")).Output, Does.StartWith("index"));
    }

    private static FeatureMatrix Rows()
    {
        using NumberFile file = NumberFile.Open(SelectFile.Of("embeddings.npy"), string.Empty);
        var rows = new float[200];
        file.Read(0, rows);
        return new FeatureMatrix(rows, 40, 5);
    }

    private static void AssertSame((int[] Indices, double[] Scores) actual, (int[] Indices, double[] Scores) expected)
    {
        Assert.That(actual.Indices, Is.EqualTo(expected.Indices));
        Assert.That(actual.Scores, Is.EqualTo(expected.Scores).Within(1e-12));
    }
}
