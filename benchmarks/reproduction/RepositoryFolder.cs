namespace PyRelationAL.Reproduction;

/// <summary>Where the repository is, for the page that the command writes and for data that lie beside it.</summary>
internal static class RepositoryFolder
{
    /// <summary>The nearest folder above the program, or above the current folder, that holds the solution; else the current folder.</summary>
    public static string Find()
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        return Environment.CurrentDirectory;
    }
}
