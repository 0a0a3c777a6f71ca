using System.CommandLine;

namespace PyRelationAL.Cli.CommandLine;

/// <summary>A command with examples.</summary>
internal sealed class ToolCommand(string name, string description, params (string What, string Line)[] examples)
    : Command(name, description), IHasExamples
{
    public IReadOnlyList<(string What, string Line)> Examples => examples;
}
