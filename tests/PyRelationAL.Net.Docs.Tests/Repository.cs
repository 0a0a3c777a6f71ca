using System.Runtime.CompilerServices;

namespace PyRelationAL.Tests;

/// <summary>The repository that the tests were compiled from, and its documents.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every document, as a path relative to the root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(new[] { "docs", "tutorials", "src", "tests" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Absolute(string relativePath) => Path.Combine(Root, relativePath);

    private static string FindRoot()
    {
        // Deterministic builds may map source paths away, so the path compiled in is only the second choice.
        foreach (string? start in new[] { TestContext.CurrentContext.TestDirectory, Path.GetDirectoryName(ThisFile()) })
        {
            for (DirectoryInfo? folder = start is null ? null : new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new DirectoryNotFoundException("PyRelationAL.Net.sln is in no folder above the tests.");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
