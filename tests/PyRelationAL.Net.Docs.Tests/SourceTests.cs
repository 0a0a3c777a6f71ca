namespace PyRelationAL.Tests;

/// <summary>What the compiler and the formatter do not say about the sources.</summary>
internal sealed class SourceTests
{
    /// <summary>What a screen shows beside a list of files; CONTRIBUTING.md says so.</summary>
    private const int MostCharacters = 160;

    private static readonly string[] Built = ["artifacts", "bin", "obj"];

    [TestCase("src")]
    [TestCase("tests")]
    [TestCase("benchmarks")]
    [TestCase("tutorials")]
    public void No_line_of_code_is_too_long(string folder)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Repository.Absolute(folder), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path)).Where(path => !path.Split(Path.DirectorySeparatorChar).Intersect(Built).Any()),
        ];
        IEnumerable<string> tooLong = files.SelectMany(path => File.ReadLines(Repository.Absolute(path)).Index()
            .Where(line => line.Item.Length > MostCharacters).Select(line => $"{path}:{line.Index + 1}"));

        Assert.That(files, Is.Not.Empty);
        Assert.That(tooLong, Is.Empty);
    }
}
