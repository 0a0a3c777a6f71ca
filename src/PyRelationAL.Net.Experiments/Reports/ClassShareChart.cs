using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>The classes of one strategy's queries as stacked columns, one for each query or for several in a row.</summary>
internal sealed class ClassShareChart
{
    private const double Width = 240, Height = 96;

    private const int MostColumns = 20;

    private readonly ClassLegend _legend;
    private readonly int _queries;

    /// <summary>By column, then by class.</summary>
    private readonly double[][] _counts;

    /// <param name="runs">The strategy's runs, all with classes.</param>
    /// <param name="legend">The classes.</param>
    public ClassShareChart(RunResult[] runs, ClassLegend legend)
    {
        _legend = legend;
        _queries = runs.Max(run => run.QueriedClasses!.Count);
        int columns = Math.Min(_queries, MostColumns);
        _counts = [.. Enumerable.Range(0, columns).Select(_ => new double[legend.Names.Count])];
        foreach (RunResult run in runs)
        {
            foreach ((int query, IReadOnlyList<int> classes) in run.QueriedClasses!.Index())
            {
                foreach (int c in classes)
                {
                    _counts[(int)((long)query * columns / _queries)][legend.PositionOf(c)]++;
                }
            }
        }
    }

    public Markup Html()
    {
        double all = _counts.Sum(column => column.Sum());
        string[] told = [.. _legend.Names.Select((name, c) => Invariant($"{name} {100 * _counts.Sum(column => column[c]) / all:0} %"))];
        return Markup.Html(
            $"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="Of all queried: {string.Join(", ", told)}.">
            {_legend.Names.Select((_, c) => Class(c, told[c]))}</svg>
            <p class="ends"><span>query 1</span><span>{_queries}</span></p>
            """);
    }

    private Markup Class(int c, string told)
    {
        var data = new StringBuilder();
        double width = Width / _counts.Length;
        foreach ((int i, double[] column) in _counts.Index())
        {
            double sum = column.Sum();
            if (column[c] > 0)
            {
                double bottom = Height * (1 - (column.Take(c).Sum() / sum));
                data.Append(Markup.Html($"M{i * width} {bottom}v{-Height * column[c] / sum}h{width}V{bottom}Z").Text);
            }
        }

        return Markup.Html($"<path class=\"area\" fill=\"{FillPattern.Fill(c)}\" d=\"{new Markup(data.ToString())}\"><title>{told} of all queried</title></path>\n");
    }
}
