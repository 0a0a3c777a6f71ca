using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Formats;

public sealed class TextAndSpreadsheetTests
{
    [TestCase("1 2\n3 4\n")]
    [TestCase("1\t\t2\r\n 3 4 \r\n\r\n")]
    [TestCase("\n1  2\n\n3\t 4")]
    public void FieldsBetweenBlanksAreRead(string text) =>
        Assert.That(FormatFile.Rows(Read(text, 2, TextTable.Blanks)), Is.EqualTo(new[] { new double[] { 1, 2 }, [3, 4] }));

    [Test]
    public void HeadersNamesAndQuotesAreLeftOut()
    {
        Assert.That(FormatFile.Rows(Read("name,a,b\nfirst,1,\"2\"\nsecond,-3e2,.5\n", 3, ',', 1, 1)), Is.EqualTo(new[] { new[] { 1, 2.0 }, [-300, 0.5] }));
        Assert.That(FormatFile.Rows(Read("\"a b\";\"c\"\n1;2\n", 2, ';', 1)), Is.EqualTo(new[] { new double[] { 1, 2 } }));
    }

    [TestCase("1 2\n3\n", 2, "there are 1 fields instead of 2")]
    [TestCase("1 2\n3 x\n", 2, "'x' is no finite number")]
    [TestCase("1 2\n3 NaN\n", 2, "'NaN' is no finite number")]
    [TestCase("<html>\n<body>404 Not Found</body>\n", 1, "fields instead of 2")]
    public void OtherLinesAreErrorsWithTheirNumber(string text, int line, string message)
    {
        DatasetFormatException error = Assert.Throws<DatasetFormatException>(() => Read(text, 2, TextTable.Blanks))!;
        Assert.That(error.Message, Does.StartWith("table.txt, line ").And.Contain(message));
        Assert.That(error.Line, Is.EqualTo(line));
    }

    [TestCase("", 0)]
    [TestCase("\n\n", 0)]
    [TestCase("a b\n", 1)]
    public void ATableWithoutRowsIsRefused(string text, int headerLines) => Assert.That(
        () => Read(text, 2, TextTable.Blanks, headerLines), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no rows"));

    [TestCase("table.xls")]
    [TestCase("table.xlsx")]
    public void WorkbooksAreReadUpToWhatTheyHold(string file) => Assert.That(FormatFile.Rows(Workbook(file)), Is.EqualTo(FormatFile.Table));

    [Test]
    public void CellsThatAreNoNumbersAreErrorsWithTheirPlace()
    {
        Assert.That(
            () => Workbook("text_cell.xlsx"),
            Throws.InstanceOf<DatasetFormatException>().With.Message.EqualTo("text_cell.xlsx, line 3, column 'second': 'many' is no number."));
        Assert.That(
            () => Workbook("hole.xlsx"),
            Throws.InstanceOf<DatasetFormatException>().With.Message.EqualTo("hole.xlsx, line 3, column 'second': the cell is empty."));
        Assert.That(() => Workbook("f8.npy"), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("no readable Excel workbook"));
    }

    private static NumericTable Read(string text, int columns, char separator, int headerLines = 0, int textColumns = 0)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return TextTable.Read(stream, "table.txt", columns, separator, headerLines, textColumns);
    }

    private static NumericTable Workbook(string file)
    {
        using MemoryStream stream = FormatFile.Open(file);
        return Spreadsheet.Read(stream, file);
    }
}
