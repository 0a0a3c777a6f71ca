using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Formats;

/// <summary>The forms in which AG News, Yelp, SST-5 and TREC-6 are published.</summary>
public sealed class LabelledTextTests
{
    private const string News = "\"3\",\"Wall St. Bears, \"\"green\"\"\",\"Short-sellers\\nand \\$2\"\n\"1\",\"Título\",\"Two\nlines\"\r\n";

    private static readonly string[] Classes = ["ABBR", "ENTY", "DESC"];

    [Test]
    public void ClassAndTextsOfACsvRow()
    {
        LabelledTexts rows = Csv(News, 3);
        Assert.That(rows.Labels, Is.EqualTo(new[] { Label.OfClass(2), Label.OfClass(0) }));
        Assert.That(rows.Texts, Is.EqualTo(new[] { "Wall St. Bears, \"green\" Short-sellers\nand \\$2", "Título Two\nlines" }));
        Assert.That(Csv("\"5\",\"fine\"\n", 2, classes: 5).Labels.Single(), Is.EqualTo(Label.OfClass(4)));
    }

    [TestCase("\"3\",\"a\"\n", "line 1: there are 2 fields instead of 3")]
    [TestCase("\"1\",\"a\",\"b\"\n\"5\",\"a\",\"b\"\n", "line 2: '5' is no class; classes are 1 to 4")]
    [TestCase("\"0\",\"a\",\"b\"\n", "'0' is no class")]
    [TestCase("\"x\",\"a\",\"b\"\n", "'x' is no class")]
    [TestCase("\"1\",\"a\",\"b\n", "quote is not closed")]
    [TestCase("", "no rows")]
    public void OtherCsvRowsAreErrorsWithTheirLine(string text, string message) =>
        Assert.That(() => Csv(text, 3), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));

    [Test]
    public void ClassAndTextOfAQuestion()
    {
        byte[] latin = Encoding.Latin1.GetBytes("DESC:manner How did serfdom develop ?\nABBR:exp What is a café :  x ?\r\n\nENTY:cremat Which ?");
        LabelledTexts rows = Questions(latin);
        Assert.That(rows.Labels.Select(label => label.Class), Is.EqualTo(new[] { 2, 0, 1 }));
        Assert.That(rows.Texts, Is.EqualTo(new[] { "How did serfdom develop ?", "What is a café :  x ?", "Which ?" }));
    }

    [TestCase("DESC:manner How ?\nHUM:ind Who ?\n", "line 2: the line is not 'CLASS:subclass question' with one of the classes ABBR, ENTY, DESC")]
    [TestCase("DESC How: is it ?", "line 1: the line is not")]
    [TestCase("DESC:manner", "line 1: the line is not")]
    [TestCase("DESC:manner ", "line 1: the line is not")]
    [TestCase("\n", "no questions")]
    public void OtherQuestionsAreErrorsWithTheirLine(string text, string message) => Assert.That(
        () => Questions(Encoding.Latin1.GetBytes(text)), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));

    [Test]
    public void ClassOfTheRootAndWordsOfATree()
    {
        LabelledTexts rows = Trees("(3 (2 It) (4 (3 works) (2 .)))\n(0 (2 -LRB-) (1 (2 Não) (2 -RRB-)))\n(2 one)\n");
        Assert.That(rows.Labels.Select(label => label.Class), Is.EqualTo(new[] { 3, 0, 2 }));
        Assert.That(rows.Texts, Is.EqualTo(new[] { "It works .", "( Não )", "one" }));
    }

    [TestCase("(3 (2 It) (4 works)")]
    [TestCase("(3 (2 It) (4 works)))")]
    [TestCase("(3 (2 It)) (4 works)")]
    [TestCase("(3 (2 It) (x works))")]
    [TestCase("3 It works")]
    [TestCase("(3 () )")]
    [TestCase("(3 )")]
    public void BrokenTreesAreErrorsWithTheirLine(string tree) => Assert.That(
        () => Trees("(3 (2 It) (4 works))\n" + tree), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("line 2: the line is no tree"));

    [Test]
    public void OtherClassesOfTreesAreErrors()
    {
        Assert.That(
            () => Trees("(5 (2 It) (4 works))"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("the class is 5; classes are 0 to 4"));
        Assert.That(() => Trees("\n"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no sentences"));
    }

    [Test]
    public void WeightsAreLearnedFromTheFirstPart()
    {
        var train = new LabelledTexts(["good film", "bad film"], [Label.OfClass(1), Label.OfClass(0)]);
        var test = new LabelledTexts(["good good play"], [Label.OfClass(1)]);
        TextDataset joined = LabelledTexts.Join(Downloaded.SmallDownload.Info(3, 1024, 2), train, test);
        var expected = new float[1024];
        HashedTfidf.Fit(["good film", "bad film"]).Transform("good good play", expected);
        Assert.That(joined.GetFeatures([2]).Values.SequenceEqual(expected), Is.True);
        HashedTfidf.Fit(["good film", "bad film", "good good play"]).Transform("good good play", expected);
        Assert.That(joined.GetFeatures([2]).Values.SequenceEqual(expected), Is.False, "the test would show nothing");
    }

    [Test]
    public void DamageIsAFormatErrorOrAnotherText()
    {
        FormatFile.RequireNoSurprise(Encoding.UTF8.GetBytes(News), stream => LabelledCsv.Read(stream, "news", 3, 4));
        FormatFile.RequireNoSurprise("DESC:manner How did ?\nABBR:exp What ?\n"u8.ToArray(), stream => QuestionFile.Read(stream, "questions", Classes));
        FormatFile.RequireNoSurprise("(3 (2 It) (4 (3 works) (2 .)))\n"u8.ToArray(), stream => TreebankFile.Read(stream, "trees", 5));
    }

    private static LabelledTexts Csv(string text, int columns, int classes = 4) =>
        LabelledCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "news.csv", columns, classes);

    private static LabelledTexts Questions(byte[] text) => QuestionFile.Read(new MemoryStream(text), "questions", Classes);

    private static LabelledTexts Trees(string text) => TreebankFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "trees.txt", 5);
}
