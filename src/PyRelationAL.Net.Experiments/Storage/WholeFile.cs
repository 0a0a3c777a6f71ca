namespace PyRelationAL.Experiments;

/// <summary>Files that are there whole or not at all, whatever happens to the process and the disk.</summary>
internal static class WholeFile
{
    private const string Ending = ".tmp";

    /// <summary>Removes what processes that were killed while they wrote have left. Only for who has the folder alone.</summary>
    /// <param name="folder">The folder.</param>
    public static void RemoveDrafts(string folder)
    {
        foreach (string draft in Directory.EnumerateFiles(folder, "*" + Ending).Where(IsOurs))
        {
            File.Delete(draft);
        }

        static bool IsOurs(string draft) => new[] { "experiment.json.", "projection.", "report.html.", "results." }
            .Any(start => Path.GetFileName(draft).StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>Replaces a file: the text goes to a file beside it, to the disk, and then under its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    public static void Write(string path, string text)
    {
        // Processes of one folder, on whatever machine, may write the same file at the same time.
        string draft = FormattableString.Invariant($"{path}.{Environment.MachineName}-{Environment.ProcessId}{Ending}");
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (var writer = new StreamWriter(stream, leaveOpen: true))
                {
                    writer.Write(text);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(draft);
            if (exception is ArgumentOutOfRangeException)
            {
                // That is what .NET throws where a file is as large as it may be.
                throw new IOException(exception.Message, exception);
            }

            throw;
        }
    }
}
