using System.Reflection;

namespace PyRelationAL.Tests;

public class AdapterPageTests
{
    [Test]
    [NonParallelizable]
    public void TheCodeOfThePageCompilesWithoutWarningsAndRuns()
    {
        FencedBlock[] blocks = [.. FencedBlock.Of("docs/adapter-torchsharp.md").Where(block => block.Language == "csharp torchsharp")];
        (Assembly? program, IReadOnlyList<string> errors) = SnippetProgram.Compile(blocks);
        Assert.That(errors, Is.Empty, string.Join('\n', errors));
        Assert.That(SnippetProgram.Run(program!), Does.Contain("labelled").And.EndWith("100" + Environment.NewLine));
    }
}
