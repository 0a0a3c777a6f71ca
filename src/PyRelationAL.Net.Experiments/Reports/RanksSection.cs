using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>Who ranks where, who is told apart from whom, and who wins how often.</summary>
internal static class RanksSection
{
    /// <summary>Nemenyi's test approximates; with fewer blocks it should not be read.</summary>
    private const int FewestBlocks = 10;

    /// <summary>With more columns than this a table needs a smaller print.</summary>
    private const int MostColumns = 10;

    public static Markup Render(ReportContent content)
    {
        RankedGroup[] groups = [.. RankedGroup.AllOf(content)];
        if (groups.Length == 0)
        {
            return Markup.Empty;
        }

        RankedGroup[] drawn = [.. groups.Where(group => group.ByBlock.BlockCount >= FewestBlocks)];
        return Markup.Html(
            $"""
            <section>
            <h2>Ranks</h2>
            <p class="soft">Critical-difference diagrams: mean ranks by IPAUC, 1 is the best. A bar joins strategies that the Nemenyi test does not tell apart at the 5 %
            level; whether it does depends on which others are compared.</p>
            {drawn.Select(Diagram)}{Missing([.. groups.Except(drawn)])}
            <h2>Wins, ties and losses</h2>
            <p class="soft">By IPAUC, row against column, over folds and seeds that all strategies finished. Counts; they test nothing.</p>
            {Largest(groups).Select(group => Matrix(group))}</section>
            """);
    }

    private static Markup Diagram(RankedGroup group)
    {
        var diagram = CriticalDifferenceDiagram.Of(group.ByBlock);
        double p = diagram.Friedman.FPValue;
        string verdict = p <= diagram.Significance
            ? $"Friedman’s test: some strategies differ ({PValue(p)})."
            : $"Friedman’s test does not find that any strategies differ ({PValue(p)}): do not read differences from the diagram.";
        return Markup.Html(
            $"""
            <figure>
            <h3>{group.Name}</h3>
            <p class="soft">{group.ByBlock.BlockCount} blocks; a block is a {group.BlockName}. {verdict}{(group.BlockName == "setting"
                ? null
                : " Folds and seeds of one data set are not independent; this holds for this data set only.")}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Ranks on {group.Name}">{RankDiagramChart.Svg(diagram)}</div>
            </figure>

            """);
    }

    private static Markup Missing(RankedGroup[] groups) => groups.Length == 0
        ? Markup.Empty
        : Markup.Html(
            $"""
            <p class="soft">Not drawn, since with fewer than {FewestBlocks} blocks the test says little: {string.Join("; ", groups.Select(group =>
                Invariant($"{group.Name} ({group.ByBlock.BlockCount})")))}.</p>

            """);

    /// <summary>Of each set of strategies the group with all their settings, which comes first.</summary>
    private static IEnumerable<RankedGroup> Largest(RankedGroup[] groups) =>
        groups.DistinctBy(group => string.Join('\n', group.ByRun.Strategies.Order(StringComparer.Ordinal)));

    private static Markup Matrix(RankedGroup group)
    {
        IReadOnlyList<IReadOnlyList<WinTieLoss>> counts = WinTieLoss.Matrix(group.ByRun);
        IReadOnlyList<string> names = group.ByRun.Strategies;
        (int Position, int Wins, int Losses)[] order =
        [
            .. Enumerable.Range(0, names.Count)
                .Select(i => (Position: i, Wins: counts[i].Sum(c => c.Wins), Losses: counts[i].Sum(c => c.Losses))).OrderByDescending(s => s.Wins - s.Losses),
        ];
        return Markup.Html(
            $"""
            <div class="scroll" tabindex="0" role="region" aria-label="Wins, ties and losses on {group.Name}"><table class="sortable{(names.Count > MostColumns ? " wide" : null)}">
            <caption>{group.Name}: wins–ties–losses in {group.ByRun.BlockCount} runs each</caption>
            <thead><tr><th scope="col">strategy</th>{order.Select((s, i) => Markup.Html($"<th scope=\"col\" title=\"{names[s.Position]}\">{i + 1}</th>"))}
            <th scope="col">wins</th><th scope="col">losses</th></tr></thead>
            <tbody>
            {order.Select((row, i) => Markup.Html(
                $"""
                <tr><th scope="row">{i + 1} {names[row.Position]}</th>{order.Select(column => Cell(row.Position, column.Position))}<td>{row.Wins}</td><td>{row.Losses}</td></tr>

                """))}</tbody></table></div>

            """);

        Markup Cell(int row, int column)
        {
            if (row == column)
            {
                return Markup.Html($"<td>·</td>");
            }

            WinTieLoss c = counts[row][column];
            string marked = c.Wins > c.Losses ? "best" : string.Empty;
            return Markup.Html(
                $"<td class=\"{marked}\" title=\"{names[row]} against {names[column]}\" data-sort=\"{c.Wins - c.Losses}\">{c.Wins}–{c.Ties}–{c.Losses}</td>");
        }
    }

    private static string PValue(double p) => p < 0.001 ? "p < 0.001" : Invariant($"p = {p:0.000}");
}
