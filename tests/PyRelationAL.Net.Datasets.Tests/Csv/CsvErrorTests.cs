using PyRelationAL.Datasets;
using static PyRelationAL.Tests.Csv.CsvText;

namespace PyRelationAL.Tests.Csv;

public class CsvErrorTests
{
    [Test]
    public void AMissingFileIsNamed() =>
        Assert.That(() => CsvDataset.Load("no such file.csv"), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("no such file.csv"));

    [Test]
    public void AFolderIsNoFile() => Assert.That(
        () => CsvDataset.Load(Path.GetTempPath()), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("is a folder; name a file"));

    [TestCase("")]
    [TestCase("\n\n")]
    public void AnEmptyFileIsRefused(string text) => Assert.That(Error(text).Message, Is.EqualTo("people.csv: the file is empty."));

    [TestCase("a,y")]
    [TestCase("a,y\n\n")]
    public void AHeaderAloneIsRefused(string text) => Assert.That(Error(text).Message, Does.Contain("header and no rows"));

    [Test]
    public void AnUnknownColumnIsRefusedWithTheNearestAndAllColumns()
    {
        const string text = "age,income,outcome\n1,2,0.5\n";
        string message = Error(text, new CsvOptions { Target = "Outcome" }).Message;
        Assert.That(message, Does.Contain("no target column 'Outcome'").And.Contain("Did you mean 'outcome'?").And.Contain("age, income, outcome"));
        Assert.That(Error(text, new CsvOptions { IgnoredColumns = ["ages"] }).Message, Does.Contain("no ignored column 'ages'. Did you mean 'age'?"));
        Assert.That(Error(text, new CsvOptions { CategoricalColumns = ["x"] }).Message, Does.Contain("no categorical column 'x'. The columns"));
    }

    [TestCase("a,b,y\n1,2,3\n1,2\n", 3, 2)]
    [TestCase("a,b,y\n1,2,3\n\n\"1\n\",2,3\n1,2,3,4\n", 6, 4)]
    public void ARowOfAnotherWidthIsRefusedWithItsLine(string text, int line, int fields)
    {
        DatasetFormatException error = Error(text);
        Assert.That((error.File, error.Line, error.Column), Is.EqualTo(("people.csv", (int?)line, (string?)null)));
        Assert.That(error.Message, Does.StartWith($"people.csv, line {line}: ").And.Contain($"{fields} fields").And.Contain("3 columns"));
    }

    [Test]
    public void TextAmongNumbersIsRefusedWithItsPlace()
    {
        DatasetFormatException error = Error("a,age,y\n1,20,0.5\n\n2,20,1\n3,thirty,1.5\n");
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)5, "age")));
        Assert.That(error.Message, Does.Contain("'thirty' is not a number"));
    }

    [Test]
    public void LinesCountLineBreaksInQuotes()
    {
        DatasetFormatException error = Error("note,age,y\n\"one\ntwo\r\nthree\",20,0.5\nx,old,1.5\n");
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)5, "age")));
    }

    [TestCase("1,5")]
    [TestCase("1e40")]
    [TestCase("-Infinity")]
    public void NumbersThatAreNoFiniteFloatsAreRefused(string text)
    {
        DatasetFormatException error = Error($"a;y\n1;0.5\n{text};1.5\n");
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)3, "a")));
        Assert.That(error.Message, Does.Contain($"'{text}'"));
    }

    [TestCase("")]
    [TestCase("NA")]
    [TestCase("nan")]
    [TestCase("?")]
    [TestCase("\"\"")]
    public void AMissingFeatureIsRefusedByDefault(string field)
    {
        DatasetFormatException error = Error($"a,b,y\n1,2,0.5\n3,{field},1.5\n");
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)3, "b")));
        Assert.That(error.Message, Does.Contain("missing"));
    }

    [Test]
    public void OtherMissingTokensCanBeGiven()
    {
        var options = new CsvOptions { MissingTokens = ["-999"] };
        Assert.That(Error("a,y\n1,0.5\n-999,1.5\n", options).Line, Is.EqualTo(3));
        Assert.That(Error("a,y\n1,0.5\nNA,1.5\n", options).Message, Does.Contain("'NA' is not a number"));
    }

    [Test]
    public void AMissingTargetIsRefusedByDefault()
    {
        DatasetFormatException error = Error("a,y\n1,0.5\n2,\n");
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)3, "y")));
        Assert.That(error.Message, Does.Contain("AllowMissingTargets"));
    }

    [Test]
    public void AColumnWithoutAnyValueIsRefused() => Assert.That(
        Error("a,b,y\n1,,0.5\n2,,1.5\n", new CsvOptions { Missing = MissingValues.ImputeMean }).Message,
        Does.Contain("column 'b': the column has no value"));

    [Test]
    public void DroppingEveryRowIsRefused() =>
        Assert.That(Error("a,y\n,0.5\n,1.5\n", new CsvOptions { Missing = MissingValues.DropRow }).Message, Does.Contain("every row lacks a value"));

    [TestCase("a,a,y\n1,2,3\n")]
    [TestCase("a,\" a\",y, a \n1,2,3,4\n")]
    public void RepeatedNamesAreRefused(string text)
    {
        DatasetFormatException error = Error(text);
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)1, "a")));
        Assert.That(error.Message, Does.Contain("2 columns have this name"));
    }

    [Test]
    public void AHeaderOfNumbersIsTakenForAMissingHeader() => Assert.That(Error("1,2,0.5\n3,4,1.5\n").Message, Does.Contain("Header = false"));

    [TestCase("5.1,3.5,setosa\n4.9,3,setosa\n6,3,virginica\n6.1,3,virginica\n")]
    [TestCase("red,1,0.5\nred,2,1.5\n")]
    public void AFirstLineOfNumbersAndValuesIsTakenForAMissingHeader(string text)
    {
        Assert.That(Error(text).Message, Does.Contain("first line looks like data").And.Contain("Header = false"));
        Assert.That(Load(text, new CsvOptions { Header = false }).Count, Is.EqualTo(text.Count(c => c == '\n')));
    }

    [TestCase("0,1,digit\n7,8,3\n7,9,4\n7,9,5\n", TestName = "NumberedPixelsAreNames")]
    [TestCase("free,money,spam\n1,2,spam\n0,0,ham\n1,1,spam\n0,1,ham\n", TestName = "ATargetMayBeCalledAsOneOfItsClasses")]
    public void AHeaderThatIsNoDataIsRead(string text) => Assert.That(Load(text).Count, Is.EqualTo(text.Count(c => c == '\n') - 1));

    [TestCase("a;b;y\n1;0,13;x\n2;0,5;z\n", "b")]
    [TestCase("a;y\n1;0,13\n2;-1,5\n", "y")]
    public void DecimalCommasAreRefusedUnlessTheyAreCategories(string text, string column)
    {
        DatasetFormatException error = Error(text);
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)2, column)));
        Assert.That(error.Message, Does.Contain("'0,13' has a decimal comma. Write decimals with a point"));
        var asked = new CsvOptions { CategoricalColumns = [column], Task = TaskKinds.Classification };
        Assert.That(Load(text, asked).Task.Kind, Is.EqualTo(TaskKinds.Classification));
    }

    [Test]
    public void TextThatIsNotUtf8IsRefusedWithItsLine()
    {
        using var stream = new MemoryStream(System.Text.Encoding.Latin1.GetBytes("a,y\n1,x\n2,ä\n3,ö\n"));
        DatasetFormatException error = Assert.Throws<DatasetFormatException>(() => CsvDataset.Load(stream, "people.csv"))!;
        Assert.That(error.Line, Is.EqualTo(3));
        Assert.That(error.Message, Does.Contain("not UTF-8"));
    }

    [TestCase("a,y\n1,x\n2,x\n")]
    [TestCase("a,y\n1,1\n2,1\n3,1\n")]
    public void ASingleClassIsRefused(string text) => Assert.That(Error(text).Message, Does.Contain("only one class").And.Contain("column 'y'"));

    [Test]
    public void TextAmongNumericTargetsIsRefusedUnlessTheTaskIsGiven()
    {
        DatasetFormatException guessed = Error("a,y\n1,0.5\n2,x\n");
        Assert.That((guessed.Line, guessed.Column), Is.EqualTo(((int?)3, "y")));
        Assert.That(guessed.Message, Does.Contain("Task = Classification"));
        Assert.That(Error("a,y\n1,0.5\n2,x\n", new CsvOptions { Task = TaskKinds.Regression }).Message, Does.Contain("regression"));
        Assert.That(Error("a,y\n1,0.5\n2,1e999\n").Message, Does.Contain("finite"));
    }

    [TestCase("a,y\n1,\"x\n2,z\n3,w\n", 2)]
    [TestCase("a,y\n1,x\n2,\"z\"w\n3,w\n", 3)]
    [TestCase("a,y\n1,x\n2,z\"w\n3,w\n", 3)]
    public void BrokenQuotesAreRefusedWithTheirLine(string text, int line)
    {
        DatasetFormatException error = Error(text);
        Assert.That(error.Line, Is.EqualTo(line));
        Assert.That(error.Message, Does.Contain("quote"));
    }

    [Test]
    public void ATextWithTooManyValuesIsRefused()
    {
        string text = "name,y\n" + string.Join('\n', Enumerable.Range(0, 101).Select(i => $"person {i},{i}.5"));
        Assert.That(Error(text).Message, Does.Contain("column 'name': the column has 101 different texts"));
        Assert.That(Load(text, new CsvOptions { MaxCategories = 101 }).FeatureCount, Is.EqualTo(101));
    }

    [Test]
    public void ATargetAloneIsRefused()
    {
        Assert.That(Error("y\n1\n2\n").Message, Does.Contain("no feature column"));
        Assert.That(Error("a:y\n1:2\n2:3\n").Message, Does.Contain("Is the separator right?"));
    }

    [Test]
    public void OptionsThatContradictAreRefused()
    {
        const string text = "a,y\n1,0.5\n2,1.5\n";
        Assert.That(() => Load(text, new CsvOptions { Task = TaskKinds.MultiLabel }), Throws.ArgumentException);
        Assert.That(() => Load(text, new CsvOptions { Task = TaskKinds.Any }), Throws.ArgumentException);
        Assert.That(() => Load(text, new CsvOptions { Task = TaskKinds.Regression, ClassNames = ["a", "b"] }), Throws.ArgumentException);
        Assert.That(() => Load(text, new CsvOptions { ClassNames = ["a", "b", "a"] }), Throws.ArgumentException.With.Message.Contains("a, b, a"));
        Assert.That(() => Load(text, new CsvOptions { Separator = '"' }), Throws.ArgumentException);
        Assert.That(() => Load(text, new CsvOptions { MaxCategories = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
