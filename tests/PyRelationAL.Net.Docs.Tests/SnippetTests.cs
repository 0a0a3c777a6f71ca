using System.Reflection;

namespace PyRelationAL.Tests;

[NonParallelizable]
internal sealed class SnippetTests
{
    private static IEnumerable<string> DocumentsWithCode => Repository.Documents.Where(document => CSharpBlocks(document).Count > 0);

    [TestCaseSource(nameof(DocumentsWithCode))]
    public void The_code_of_a_document_compiles_without_warnings_and_runs(string document)
    {
        (Assembly? program, IReadOnlyList<string> errors) = SnippetProgram.Compile(CSharpBlocks(document));

        Assert.That(errors, Is.Empty, string.Join('\n', errors));
        TestContext.Out.WriteLine(SnippetProgram.Run(program!));
    }

    [Test]
    public void The_code_of_the_readme_prints_a_learning_curve_that_rises()
    {
        (Assembly? program, _) = SnippetProgram.Compile(CSharpBlocks("README.md"));

        string[][] rows = [.. SnippetProgram.Run(program!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int column = Array.IndexOf(rows[0], "balanced_accuracy");

        Assert.That(double.Parse(rows[^1][column]), Is.GreaterThan(double.Parse(rows[1][column]) + 0.1));
    }

    [Test]
    public void A_mistake_is_reported_with_document_and_line()
    {
        FencedBlock[] blocks =
        [
            new("guide.md", "csharp", 10, ["using PyRelationAL;", "int one = 1;", "record Point(int X);"]),
            new("guide.md", "csharp", 20, ["", "Console.WriteLine(one + two);"]),
        ];

        Assert.That(SnippetProgram.Compile(blocks).Errors.Single(), Does.StartWith("guide.md(21): CS0103:"));
    }

    [Test]
    public void Blocks_of_a_document_build_on_each_other()
    {
        FencedBlock[] blocks =
        [
            new("guide.md", "csharp", 1, ["var point = new Point(3);", "record Point(int X);"]),
            new("guide.md", "csharp", 5, ["using System.Globalization;", "Console.Write(point.X.ToString(CultureInfo.InvariantCulture));"]),
        ];

        Assert.That(SnippetProgram.Run(SnippetProgram.Compile(blocks).Program!), Is.EqualTo("3"));
    }

    private static List<FencedBlock> CSharpBlocks(string document) => [.. FencedBlock.Of(document).Where(block => block.Language == "csharp")];
}
