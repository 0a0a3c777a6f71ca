using System.Globalization;
using System.Text;

namespace PyRelationAL.ActiveLearning;

/// <summary>A run's history as a table of numbers and as text. Immutable.</summary>
public sealed class RunSummary
{
    private readonly List<double?[]> _rows;

    internal RunSummary(IReadOnlyList<RoundRecord> history, IReadOnlyDictionary<string, double>? theoretical)
    {
        string[] metrics = [.. history.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
        bool hits = history.Any(r => r.HitRatio is not null);
        bool isOpenSet = history.Any(r => r.OutOfDistributionCount + r.OutOfDistributionQueried > 0);
        Columns =
        [
            "round", "labelled", .. metrics,
            .. hits ? ["hit_ratio"] : Array.Empty<string>(), .. isOpenSet ? ["purity"] : Array.Empty<string>(), "seconds",
        ];
        _rows = [.. history.Select(r => (double?[])[
            r.Round,
            r.LabelledCount,
            .. metrics.Select(m => r.Metrics.TryGetValue(m, out double value) ? value : (double?)null),
            .. hits ? [r.HitRatio] : Array.Empty<double?>(),
            .. isOpenSet ? [r.Purity] : Array.Empty<double?>(),
            (r.Timings.Train + r.Timings.Evaluate + r.Timings.Suggest + r.Timings.Oracle).TotalSeconds,
        ])];
        Theoretical = theoretical;
    }

    /// <summary>
    /// The names of the columns: round, labelled, the metrics, hit_ratio where there is one, purity where items were out of distribution, seconds.
    /// </summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>One row for each round, one value for each column; null where a round has none.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Rows => _rows;

    /// <summary>The fully labelled performance, where it was computed.</summary>
    public IReadOnlyDictionary<string, double>? Theoretical { get; }

    /// <summary>The table as aligned text, the fully labelled performance last.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString()
    {
        List<string[]> cells = [[.. Columns], .. _rows.Select(row => row.Select((value, column) => Cell(value, column)).ToArray())];
        if (Theoretical is not null)
        {
            cells.Add([.. Columns.Select((c, i) => i == 0 ? "full" : Theoretical.TryGetValue(c, out double v) ? Cell(v, i) : string.Empty)]);
        }

        int[] widths = [.. Enumerable.Range(0, Columns.Count).Select(i => cells.Max(row => row[i].Length))];
        var text = new StringBuilder();
        foreach (string[] row in cells)
        {
            text.AppendJoin("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The table as CSV, one line for each round after the names of the columns: all digits, and nothing where a round has no value.</summary>
    /// <returns>Lines of text; the fully labelled performance is not among them.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(Quoted)).Append('\n');
        foreach (double?[] row in _rows)
        {
            text.AppendJoin(',', row.Select(value => value?.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    // A user's own metric may be called anything.
    private static string Quoted(string name) => name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    private string Cell(double? value, int column) => value is null
        ? string.Empty
        : value.Value.ToString(column < 2 ? "0" : Columns[column] == "seconds" ? "0.000" : "0.0000", CultureInfo.InvariantCulture);
}
