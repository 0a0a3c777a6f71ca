using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>A critical-difference diagram as SVG: the better half is named on the left, the others on the right.</summary>
internal static class RankDiagramChart
{
    private const double AxisWidth = 300, Axis = 56, RowHeight = 24, BarStep = 9;

    /// <summary>About the width of a letter of the names, whose font the page does not know.</summary>
    private const double Letter = 8.2;

    /// <summary>More numbers of two digits would touch each other.</summary>
    private const int MostTicks = 12;

    public static Markup Svg(CriticalDifferenceDiagram diagram)
    {
        IReadOnlyList<RankedStrategy> strategies = diagram.Strategies;
        int count = strategies.Count, onLeft = (count + 1) / 2;
        double left = 30 + (Letter * (5 + strategies.Max(s => s.Name.Length))), right = left + AxisWidth;
        double firstRow = Axis + 24 + (BarStep * diagram.Cliques.Count), height = firstRow + (RowHeight * (onLeft - 1)) + 14;
        double critical = X(1 + diagram.CriticalDifference);
        int stride = (count + MostTicks - 1) / MostTicks;
        string description = Invariant($"Critical difference {diagram.CriticalDifference:0.00}. Mean ranks: ") +
            string.Join(", ", strategies.Select(s => Invariant($"{s.Name} {s.AverageRank:0.00}"))) + ". Not told apart: " +
            (diagram.Cliques.Count == 0
                ? "none."
                : string.Join("; ", diagram.Cliques.Select(c => $"{strategies[c.First].Name} to {strategies[c.Last].Name}")) + ".");
        string difference = Invariant($"critical difference {diagram.CriticalDifference:0.00}");
        return Markup.Html(
            $"""
            <svg class="ranks" viewBox="0 0 {left + right} {height}" role="img" aria-label="{description}">
            <g class="axis"><path d="M{left} {Axis}H{right}"/>
            {Enumerable.Range(0, count).Where(i => i % stride == 0).Select(i => Tick(i + 1))}
            <path d="M{left} 14v8M{left} 18H{critical}M{critical} 14v8"/><text x="{critical + 8}" y="23">{difference}</text></g>
            {diagram.Cliques.Select((c, i) => Markup.Html(
                $"<path class=\"clique\" d=\"M{X(strategies[c.First].AverageRank) - 4} {Bar(i)}H{X(strategies[c.Last].AverageRank) + 4}\"/>"))}
            {strategies.Select((s, i) => Named(s, i < onLeft, firstRow + (RowHeight * (i < onLeft ? i : count - 1 - i))))}
            </svg>
            """);

        double X(double rank) => left + ((rank - 1) / (count - 1) * AxisWidth);

        double Bar(int position) => Axis + 12 + (BarStep * position);

        Markup Tick(int rank) => Markup.Html($"<path d=\"M{X(rank)} {Axis}v-6\"/><text x=\"{X(rank)}\" y=\"{Axis - 10}\" text-anchor=\"middle\">{rank}</text>");

        Markup Named(RankedStrategy strategy, bool isLeft, double y)
        {
            double end = isLeft ? left - 16 : right + 16;
            string rank = Invariant($"{strategy.AverageRank:0.00}");
            return Markup.Html(
                $"""
                <path class="elbow" d="M{X(strategy.AverageRank)} {Axis}V{y}H{end}"/>
                <text x="{end + (isLeft ? -6 : 6)}" y="{y + 5}" text-anchor="{(isLeft ? "end" : "start")}">{(isLeft
                    ? $"{strategy.Name}  {rank}"
                    : $"{rank}  {strategy.Name}")}</text>

                """);
        }
    }
}
