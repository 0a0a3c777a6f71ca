using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>How PyRelationAL's loader reads a table otherwise than its publisher means it (version 1.0.2).</summary>
internal sealed record PaperRule
{
    /// <summary>Records that its loader takes for headers.</summary>
    public int LostRows { get; init; }

    /// <summary>Whether it then permutes the rows, with NumPy's generator and seed 0.</summary>
    public bool IsPermuted { get; init; } = true;

    /// <summary>What it takes for features and target; null where it agrees.</summary>
    public TableLayout? Layout { get; init; }

    /// <summary>What is known of the data as PyRelationAL has them.</summary>
    public DatasetInfo InfoOf(DatasetInfo info)
    {
        string lost = LostRows switch
        {
            0 => string.Empty,
            1 => "the first record is lost; ",
            _ => Invariant($"the first {LostRows} records are lost; "),
        };
        return info with
        {
            Name = NameOf(info.Name),
            Rows = info.Rows - LostRows,
            Features = Layout?.FeatureColumns.Count ?? info.Features,
            Notes = $"As PyRelationAL reads it: {lost}{(IsPermuted ? "rows in the order that its loader draws." : "rows in the published order.")}",
        };
    }

    /// <summary>The rows that PyRelationAL's loader keeps of so many, in its order.</summary>
    public int[] RowsOf(int count)
    {
        int kept = Math.Max(0, count - LostRows);
        int[] order = IsPermuted ? NumPyPermutation.OfSeedZero(kept) : [.. Enumerable.Range(0, kept)];
        return [.. order.Select(row => row + LostRows)];
    }

    /// <summary>The name under which results of the variant are kept, so that nobody takes them for those of the data.</summary>
    public static string NameOf(string name) => $"{name} (paper)";
}
