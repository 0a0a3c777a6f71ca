using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>The classes of a setting as far as they can be told apart in a chart: the rarest share the last fill.</summary>
internal sealed class ClassLegend
{
    private readonly Dictionary<int, int> _positions;

    private ClassLegend(Dictionary<int, int> positions, IReadOnlyList<string> names) => (_positions, Names) = (positions, names);

    /// <summary>The names, in the order of the fills.</summary>
    public IReadOnlyList<string> Names { get; }

    public static ClassLegend Of(IEnumerable<RunResult> runs, IReadOnlyList<string>? names)
    {
        (int Class, int Count)[] counts =
        [
            .. runs.SelectMany(run => run.QueriedClasses!).SelectMany(query => query).Select(c => Math.Max(QueryProjection.NoClass, c))
                .CountBy(c => c).Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key),
        ];
        bool isShared = counts.Length > FillPattern.Count;
        int own = isShared ? FillPattern.Count - 1 : counts.Length;
        int[] shown = [.. counts.Take(own).Select(pair => pair.Class).Order()];
        var positions = shown.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        string[] known = [.. shown.Select(c => NameOf(c, names))];
        return new ClassLegend(positions, isShared ? [.. known, Invariant($"{counts.Length - own} other classes")] : known);
    }

    public static string NameOf(int index, IReadOnlyList<string>? names) => index < 0 ? "none of the classes"
        : index < names?.Count ? names[index]
        : Invariant($"class {index}");

    public int PositionOf(int index) => _positions.GetValueOrDefault(Math.Max(QueryProjection.NoClass, index), Names.Count - 1);
}
