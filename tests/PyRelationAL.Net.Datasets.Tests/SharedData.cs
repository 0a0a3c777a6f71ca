using System.Globalization;

namespace PyRelationAL.Tests;

/// <summary>Files that are for tests only and not part of the repository.</summary>
internal static class SharedData
{
    private const string Variable = "PYRELATIONAL_DATA";

    /// <summary>The path of a file, or the end of the test, with a reason, where the files are missing.</summary>
    public static string Path(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable) ?? DefaultFolder();
        string? path = folder is null ? null : System.IO.Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Assert.Ignore($"{name} is missing: set {Variable} to the folder of shared datasets.");
        }

        return path!;
    }

    /// <summary>The cells of a CSV file without quotes, header first.</summary>
    public static string[][] Cells(string name) => [.. File.ReadLines(Path(name)).Select(line => line.Split(','))];

    public static float Single(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static double Double(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string? DefaultFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "..", "shared", "datasets");
            }
        }

        return null;
    }
}
