namespace PyRelationAL.Cli.CommandLine;

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    /// <summary>What an example shows, which may be empty, and its line.</summary>
    IReadOnlyList<(string What, string Line)> Examples { get; }
}
