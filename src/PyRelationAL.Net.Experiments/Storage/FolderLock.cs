using System.Text.Json;

namespace PyRelationAL.Experiments;

/// <summary>
/// The right to write results in a folder. The operating system holds it and gives it back when the process ends, however it ends. A process that writes
/// the whole folder has it alone; processes that write a shard each share the folder, and have their shards alone.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Folder = ".locks";
    private const int Attempts = 10;

    /// <summary>A killed process may take a moment to end.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<FileStream> _held = [];
    private readonly string _ownerFile;

    private FolderLock(string folder, string name)
    {
        _ownerFile = Path.Combine(folder, name + ".json");
    }

    /// <exception cref="ExperimentConflictException">Another process has it; the message says which.</exception>
    public static FolderLock Take(string path, Shard? shard)
    {
        string folder = Directory.CreateDirectory(Path.Combine(path, Folder)).FullName;
        string whole = Path.Combine(folder, "results.lock");
        string name = shard is null ? "results" : FormattableString.Invariant($"shard-{shard.Number}-of-{shard.Count}");
        var taken = new FolderLock(folder, name);
        try
        {
            if (shard is not null)
            {
                taken.Hold(path, whole, FileAccess.Read, FileShare.Read);
            }

            taken.Hold(path, Path.Combine(folder, name + ".lock"), FileAccess.ReadWrite, FileShare.None);
            var owner = new LockOwner(Environment.ProcessId, Environment.MachineName, TimeProvider.System.GetUtcNow());
            WholeFile.Write(taken._ownerFile, ResultJson.Text(owner));
            return taken;
        }
        catch
        {
            taken.Release();
            throw;
        }
    }

    public void Dispose()
    {
        // Before the lock: afterwards it may be another's.
        File.Delete(_ownerFile);
        Release();
    }

    private static bool IsTaken(IOException exception) =>
        // EWOULDBLOCK of Linux and of the BSDs, and a sharing violation of Windows.
        exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string Owner(string folder)
    {
        LockOwner? latest = Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<LockOwner>()
            .Where(owner => owner.MayBeAlive()).MaxBy(owner => owner.Since);
        return latest is null ? string.Empty : $" ({latest})";
    }

    private static LockOwner? Read(string file)
    {
        try
        {
            return ResultJson.ReadOwner(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Hold(string path, string file, FileAccess access, FileShare share)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _held.Add(new FileStream(file, FileMode.OpenOrCreate, access, share, bufferSize: 0));
                return;
            }
            catch (IOException exception) when (IsTaken(exception))
            {
                if (attempt == Attempts)
                {
                    string owner = Owner(Path.GetDirectoryName(file)!);
                    throw new ExperimentConflictException(
                        $"Another process is writing in '{path}'{owner}. Wait for it, stop it, or use another folder.", exception);
                }
            }

            Thread.Sleep(Pause);
        }
    }

    private void Release()
    {
        foreach (FileStream stream in _held)
        {
            stream.Dispose();
        }

        _held.Clear();
    }
}
