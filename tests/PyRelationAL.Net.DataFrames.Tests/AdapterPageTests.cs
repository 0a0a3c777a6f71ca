using System.Reflection;

namespace PyRelationAL.Tests;

public sealed class AdapterPageTests
{
    [Test]
    [NonParallelizable]
    public void The_code_of_the_page_compiles_without_warnings_and_runs()
    {
        FencedBlock[] blocks = [.. FencedBlock.Of("docs/adapter-dataframes.md").Where(block => block.Language == "csharp dataframes")];
        (Assembly? program, IReadOnlyList<string> errors) = SnippetProgram.Compile(blocks);
        Assert.That(errors, Is.Empty, string.Join('\n', errors));
        Assert.That(SnippetProgram.Run(program!), Does.Contain("labelled_by").And.Contain("rank"));
    }
}
