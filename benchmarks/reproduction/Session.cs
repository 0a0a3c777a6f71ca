using System.Globalization;

namespace PyRelationAL.Reproduction;

/// <summary>What one call of the command did; a part that was stopped has several.</summary>
/// <param name="Runs">Finished runs.</param>
/// <param name="Threads">The most runs at once.</param>
/// <param name="Seconds">Wall clock.</param>
/// <param name="PeakMegabytes">The process's largest working set.</param>
internal sealed record Session(int Runs, int Threads, double Seconds, double PeakMegabytes)
{
    private const string FileName = "sessions.csv", Header = "runs,threads,seconds,peak_megabytes";

    /// <summary>Adds a line to the file of a folder.</summary>
    public void AppendTo(string folder)
    {
        string path = Path.Combine(folder, FileName);
        string line = string.Create(CultureInfo.InvariantCulture, $"{Runs},{Threads},{Seconds:0.0},{PeakMegabytes:0}\n");
        File.AppendAllText(path, File.Exists(path) ? line : $"{Header}\n{line}");
    }

    /// <summary>The sessions of a folder; none where it has none.</summary>
    public static IReadOnlyList<Session> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? [.. File.ReadLines(path).Skip(1).Select(Parse)] : [];
    }

    /// <summary>In words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Runs} runs in {Seconds:0} s on {Threads} threads, peak working set {PeakMegabytes:0} MB");

    private static Session Parse(string line)
    {
        string[] cells = line.Split(',');
        return new Session(
            int.Parse(cells[0], CultureInfo.InvariantCulture),
            int.Parse(cells[1], CultureInfo.InvariantCulture),
            double.Parse(cells[2], CultureInfo.InvariantCulture),
            double.Parse(cells[3], CultureInfo.InvariantCulture));
    }
}
