using System.Globalization;
using System.Text;
using PyRelationAL.Datasets;
using static PyRelationAL.Tests.Csv.CsvText;

namespace PyRelationAL.Tests.Csv;

public class CsvDatasetTests
{
    private static readonly CsvOptions Regression = new() { Task = TaskKinds.Regression };

    [Test]
    public void TheLastColumnIsTheTargetAndTheOthersAreFeatures()
    {
        InMemoryDataset dataset = Load("a,b,y\n1,2,0.5\n-3e2,.25,1.5\n");
        Assert.That((dataset.Name, dataset.Count, dataset.FeatureCount), Is.EqualTo(("people", 2, 2)));
        Assert.That(dataset.Features.Values.ToArray(), Is.EqualTo(new[] { 1f, 2f, -300f, 0.25f }));
        Assert.That(Values(dataset), Is.EqualTo(new[] { 0.5, 1.5 }));
    }

    [Test]
    public void AnyColumnCanBeTheTargetAndColumnsCanBeLeftOut()
    {
        InMemoryDataset dataset = Load("id,y,a\nx17,1.5,7\nx18,2.5,8\n", new CsvOptions { Target = "y", IgnoredColumns = ["id"] });
        Assert.That(Values(dataset), Is.EqualTo(new[] { 1.5, 2.5 }));
        Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 7f, 8f }));
        Assert.That(dataset.FeatureCount, Is.EqualTo(1));
    }

    [TestCase(',')]
    [TestCase(';')]
    [TestCase('\t')]
    [TestCase('|')]
    public void SeparatorsAreDetectedOrGiven(char separator)
    {
        string text = "a,b,y\n1,2,0.5\n3,4,1.5\n".Replace(',', separator);
        foreach (CsvOptions options in new[] { new CsvOptions(), new CsvOptions { Separator = separator } })
        {
            Assert.That(Load(text, options).Features.Values.ToArray(), Is.EqualTo(new[] { 1f, 2f, 3f, 4f }));
        }
    }

    [Test]
    public void WithoutAHeaderColumnsAreNumbered()
    {
        InMemoryDataset dataset = Load("1,2,0.5\n3,4,1.5\n", new CsvOptions { Header = false, Target = "column 2" });
        Assert.That(Values(dataset), Is.EqualTo(new[] { 2.0, 4.0 }));
        Assert.That(Column(dataset, 1), Is.EqualTo(new[] { 0.5f, 1.5f }));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void QuotesMayHoldSeparatorsQuotesAndLineBreaks(string newline)
    {
        string text = string.Join(newline, "a,\"the \"\"real\"\" y\"", "1,\"x, y\"", "2,\"two\nlines\"", "\"3\",\"say \"\"no\"\"\"", string.Empty);
        InMemoryDataset dataset = Load(text, new CsvOptions { Target = "the \"real\" y" });
        Assert.That(dataset.Task.ClassNames, Is.EqualTo(new[] { "say \"no\"", "two\nlines", "x, y" }));
        Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 1f, 2f, 3f }));
        Assert.That(Classes(dataset), Is.EqualTo(new[] { 2, 1, 0 }));
    }

    [Test]
    public void AByteOrderMarkIsNoPartOfTheFirstName([Values] bool utf16)
    {
        Encoding encoding = utf16 ? Encoding.Unicode : new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,y\n1,2.5\n3,4.5\n")];
        Assert.That(Values(Load(bytes, new CsvOptions { Target = "y", CategoricalColumns = [] })), Is.EqualTo(new[] { 2.5, 4.5 }));
        Assert.That(Column(Load(bytes, new CsvOptions { Target = "größe", Task = TaskKinds.Regression }), 0), Is.EqualTo(new[] { 2.5f, 4.5f }));
    }

    [Test]
    public void EmptyLinesAndSpacesAroundFieldsAreSkipped()
    {
        InMemoryDataset dataset = Load("a , y\n\n 1 , 2.5\r\n\r\n3,4.5\n\n\n");
        Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 1f, 3f }));
        Assert.That(Values(dataset), Is.EqualTo(new[] { 2.5, 4.5 }));
    }

    [Test]
    public void TheLastLineNeedsNoLineBreak() => Assert.That(Values(Load("a,y\n1,2.5\n3,4.5")), Is.EqualTo(new[] { 2.5, 4.5 }));

    [Test]
    public void TextColumnsBecomeOneFeatureForEachValueInOrdinalOrder()
    {
        InMemoryDataset dataset = Load("a,colour,b,y\n1,red,5,0.5\n2,Blue,6,1.5\n3,green,7,2.5\n4,red,8,3.5\n");
        Assert.That(dataset.FeatureCount, Is.EqualTo(5));
        Assert.That(Column(dataset, 1), Is.EqualTo(new[] { 0f, 1f, 0f, 0f }), "Blue");
        Assert.That(Column(dataset, 2), Is.EqualTo(new[] { 0f, 0f, 1f, 0f }), "green");
        Assert.That(Column(dataset, 3), Is.EqualTo(new[] { 1f, 0f, 0f, 1f }), "red");
        Assert.That(Column(dataset, 4), Is.EqualTo(new[] { 5f, 6f, 7f, 8f }));
    }

    [Test]
    public void ListedColumnsAreCategoricalWhateverTheyHold()
    {
        InMemoryDataset dataset = Load("zip,y\n8001,0.5\n10115,1.5\nK1A,2.5\n8001,3.5\n", new CsvOptions { CategoricalColumns = ["zip"] });
        Assert.That(dataset.FeatureCount, Is.EqualTo(3));
        Assert.That(Column(dataset, 1), Is.EqualTo(new[] { 1f, 0f, 0f, 1f }), "8001 comes after 10115 in ordinal order");
    }

    [Test]
    public void ColumnsThatDoNotVaryAreKept() =>
        Assert.That(Load("a,b,t,y\n1,7,same,0.5\n2,7,same,1.5\n").Features.Values.ToArray(), Is.EqualTo(new[] { 1f, 7f, 1f, 2f, 7f, 1f }));

    [TestCase(MissingValues.ImputeMean, 4f, 4f)]
    [TestCase(MissingValues.ImputeMedian, 2.5f, 2.5f)]
    [TestCase(MissingValues.ImputeMostFrequent, 1f, 1f)]
    public void MissingFeaturesAreImputedAsAsked(MissingValues missing, float first, float second)
    {
        InMemoryDataset dataset = Load(
            "a,c,y\n1,x,0.5\nNA,y,1.5\n4,?,2.5\n,y,3.5\n10,z,4.5\n1,y,5.5\n", new CsvOptions { Missing = missing });
        Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 1f, first, 4f, second, 10f, 1f }));
        Assert.That(Column(dataset, 2), Is.EqualTo(new[] { 0f, 1f, 1f, 1f, 0f, 1f }), "the most frequent text, y");
        Assert.That(dataset.FeatureCount, Is.EqualTo(4));
    }

    [Test]
    public void OfEquallyFrequentTextsTheFirstIsImputed() =>
        Assert.That(Column(Load("c,y\nb,1.5\na,2.5\n,3.5\n", new CsvOptions { Missing = MissingValues.ImputeMean }), 0), Is.EqualTo(new[] { 0f, 1f, 1f }));

    [Test]
    public void RowsWithMissingFeaturesAreDroppedIfAsked()
    {
        InMemoryDataset dataset = Load("a,id,y\n1,,0.5\nnan,x,1.5\n3,y,2.5\n", new CsvOptions { Missing = MissingValues.DropRow, IgnoredColumns = ["id"] });
        Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 1f, 3f }), "what an ignored column lacks is no reason");
        Assert.That(Values(dataset), Is.EqualTo(new[] { 0.5, 2.5 }));
    }

    [Test]
    public void TargetsMayBeMissingIfAsked()
    {
        InMemoryDataset dataset = Load("a,y\n1,yes\n2,\n3,no\n4,?\n", new CsvOptions { AllowMissingTargets = true });
        Assert.That(dataset.Task.ClassNames, Is.EqualTo(new[] { "no", "yes" }));
        Assert.That(Enumerable.Range(0, 4).Select(i => dataset.GetLabel(i).IsMissing), Is.EqualTo(new[] { false, true, false, true }));
    }

    [Test]
    public void AllTargetsMayBeMissingWhereTheTaskIsKnown()
    {
        var classes = new CsvOptions { AllowMissingTargets = true, ClassNames = ["no", "yes"] };
        Assert.That(Load("a,y\n1,\n2,\n", classes).Task.ClassCount, Is.EqualTo(2));
        Assert.That(Load("a,y\n1,\n2,\n", Regression with { AllowMissingTargets = true }).GetLabel(1).IsMissing, Is.True);
        Assert.That(Error("a,y\n1,\n2,\n", new CsvOptions { AllowMissingTargets = true }).Message, Does.Contain("no row has a target"));
    }

    [TestCase("no yes", TaskKinds.Classification)]
    [TestCase("0 1", TaskKinds.Classification)]
    [TestCase("1 2 3", TaskKinds.Classification)]
    [TestCase("0.5 1.5", TaskKinds.Regression)]
    [TestCase("1 2.5", TaskKinds.Regression)]
    public void TheTaskIsGuessedFromTheTargets(string targets, TaskKinds expected)
    {
        string[] values = targets.Split(' ');
        string rows = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"{i},{values[i % values.Length]}"));
        Assert.That(Load("a,y\n" + rows).Task.Kind, Is.EqualTo(expected));
    }

    [TestCase(40, 20, TaskKinds.Classification)]
    [TestCase(42, 21, TaskKinds.Regression)]
    [TestCase(39, 20, TaskKinds.Regression)]
    [TestCase(4, 2, TaskKinds.Classification)]
    [TestCase(3, 2, TaskKinds.Regression)]
    public void WholeNumbersAreClassesIfThereAreFewOfThem(int rows, int values, TaskKinds expected)
    {
        string text = "a,y\n" + string.Join('\n', Enumerable.Range(0, rows).Select(i => $"{i},{i % values}"));
        Assert.That(Load(text).Task.Kind, Is.EqualTo(expected));
    }

    [Test]
    public void TheTaskCanBeGiven()
    {
        Assert.That(Load("a,y\n1,0\n2,1\n3,0\n4,1\n", Regression).Task, Is.EqualTo(LearningTask.Regression));
        InMemoryDataset classes = Load("a,y\n1,0.5\n2,x\n", new CsvOptions { Task = TaskKinds.Classification });
        Assert.That(classes.Task.ClassNames, Is.EqualTo(new[] { "0.5", "x" }));
    }

    [Test]
    public void NumberedClassesAreToldApartAndOrderedByValue()
    {
        InMemoryDataset dataset = Load("a,y\n1,10\n2,9\n3,9.0\n4,10\n5,-1\n6,-1\n");
        Assert.That(dataset.Task.ClassNames, Is.EqualTo(new[] { "-1", "9", "10" }));
        Assert.That(Classes(dataset), Is.EqualTo(new[] { 2, 1, 1, 2, 0, 0 }));
    }

    [Test]
    public void ClassNamesDecideTheOrderAndWhatIsAllowed()
    {
        var options = new CsvOptions { ClassNames = ["low", "medium", "high"] };
        Assert.That(Classes(Load("a,y\n1,high\n2,low\n", options)), Is.EqualTo(new[] { 2, 0 }));
        DatasetFormatException error = Error("a,y\n1,high\n2,lw\n", options);
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)3, "y")));
        Assert.That(error.Message, Does.Contain("'lw' is not among the classes low, medium, high").And.Contain("Did you mean 'low'?"));
    }

    [Test]
    public void NumbersAreReadTheSameInEveryCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            InMemoryDataset dataset = Load("a,y\n1.5,2.25\n3.5,4.25\n");
            Assert.That(Column(dataset, 0), Is.EqualTo(new[] { 1.5f, 3.5f }));
            Assert.That(Values(dataset), Is.EqualTo(new[] { 2.25, 4.25 }));
            Assert.That(Iris.Load().Features.Row(0)[0], Is.EqualTo(5.1f));
            Assert.That(new WarmStart(0.25).Name, Is.EqualTo("warm:0.25"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void FeaturesAreRoundedOnce()
    {
        // Halfway between two float32 numbers in double precision, above it in the text: rounding twice would go down to 1.
        InMemoryDataset dataset = Load("a,y\n1.00000005960464477540,0.5\n2,1.5\n");
        Assert.That(Column(dataset, 0)[0], Is.EqualTo(MathF.BitIncrement(1f)));
    }

    [Test]
    public void AFileIsNamedAfterItself()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "named after itself.csv");
        File.WriteAllText(path, "a,y\n1,0.5\n2,1.5\n");
        try
        {
            Assert.That(CsvDataset.Load(path).Name, Is.EqualTo("named after itself"));
            Assert.That(CsvDataset.Load(path, new CsvOptions { Name = "mine" }).Name, Is.EqualTo("mine"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
