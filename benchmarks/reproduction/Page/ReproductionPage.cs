using System.Globalization;
using System.Text;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Plans;
using PyRelationAL.Reproduction.Results;

namespace PyRelationAL.Reproduction.Page;

/// <summary>Writes <c>docs/reproduction.md</c>, the curves and the numbers beside it, from what is stored.</summary>
internal sealed class ReproductionPage
{
    private const string Introduction = "introduction.md";

    private readonly PartResults _published;
    private readonly PartResults _should;
    private readonly DrawResults _draws;
    private readonly StringBuilder _text = new();

    private ReproductionPage(PartResults published, PartResults should, DrawResults draws)
    {
        _published = published;
        _should = should;
        _draws = draws;
    }

    /// <summary>Writes the page.</summary>
    /// <param name="results">The folder of results.</param>
    /// <param name="docs">The folder of documents.</param>
    public static void Write(string results, string docs)
    {
        var page = new ReproductionPage(
            PartResults.Read(results, Part.AsPublished), PartResults.Read(results, Part.AsItShouldBe), DrawResults.Read(results));
        string folder = Path.Combine(docs, "reproduction");
        Directory.CreateDirectory(folder);
        foreach (IGrouping<(int, string Start, string Dataset), PaperCell> panel in Panels())
        {
            if (CurveChart.Draw([.. panel], [page._published, page._should]) is { } svg)
            {
                File.WriteAllText(Path.Combine(folder, FileName(panel.Key.Start, panel.Key.Dataset)), svg);
            }
        }

        File.WriteAllText(Path.Combine(folder, "cells.csv"), page.CellsCsv());
        File.WriteAllText(Path.Combine(folder, "runs.csv"), page.RunsCsv());
        File.WriteAllText(Path.Combine(folder, "draws.csv"), page.DrawsCsv());
        File.WriteAllText(Path.Combine(docs, "reproduction.md"), page.Markdown());
    }

    private static IEnumerable<IGrouping<(int Table, string Start, string Dataset), PaperCell>> Panels() =>
        PaperTables.Cells.GroupBy(cell => (cell.Table, cell.Key.Start, cell.Key.Dataset));

    private static string FileName(string start, string dataset) => $"{start}-{dataset}.svg";

    private static string IntroductionText()
    {
        using Stream stream = typeof(ReproductionPage).Assembly.GetManifestResourceStream(Introduction)!;
        return new StreamReader(stream).ReadToEnd();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Markdown()
    {
        _text.Append(IntroductionText()
            .Replace("{counts}", Counts(), StringComparison.Ordinal)
            .Replace("{cost}", $"{Cost(_published)}\n{Cost(_should)}", StringComparison.Ordinal));
        Rankings();
        foreach (IGrouping<int, PaperCell> table in PaperTables.Cells.GroupBy(cell => cell.Table))
        {
            Table([.. table]);
        }

        Line($"## Why numbers differ");
        Line($"");
        IEnumerable<PaperCell> unequal = PaperTables.Cells.Where(cell => Comparison.Of(cell.Score, _published.Score(cell.Key)) != Agreement.Equal);
        HashSet<Reason> given = [.. unequal.Select(Reason.For)];
        foreach (Reason reason in Reason.All.Where(given.Contains))
        {
            Line($"- **{reason.Letter}**: {reason.Text}");
        }

        Line($"");
        Differences();
        return _text.ToString();
    }

    private string Counts()
    {
        ILookup<Agreement, PaperCell> cells = PaperTables.Cells.ToLookup(cell => Comparison.Of(cell.Score, _published.Score(cell.Key)));
        int missing = cells[Agreement.Missing].Count();
        PaperCell[] determined = [.. PaperTables.Cells.Where(cell => Reason.For(cell) == Reason.Unknown)];
        return Invariant($"Of {PaperTables.Cells.Count} cells, {cells[Agreement.Equal].Count()} are equal (=), ")
            + Invariant($"{cells[Agreement.Within].Count()} agree within both standard deviations (≈), ")
            + Invariant($"{cells[Agreement.Different].Count()} differ by more (≠), and {missing} are missing (–). ")
            + Invariant($"Nothing is left to chance in {determined.Length}, and {determined.Count(cells[Agreement.Equal].Contains)} of these are equal.");
    }

    private string Cost(PartResults part)
    {
        double cpu = part.Runs.Sum(run => run.Timings?.Total ?? 0);
        string peak = part.Sessions.Count == 0 ? "unknown" : Invariant($"{part.Sessions.Max(s => s.PeakMegabytes):0} MB");
        int threads = part.Sessions.Count == 0 ? 0 : part.Sessions.Max(s => s.Threads);
        return Invariant($"- *{part.Name}*: {part.Runs.Count()} runs in {part.Sessions.Sum(s => s.Seconds) / 60:0.0} minutes on {threads} threads ")
            + Invariant($"({cpu / 60:0.0} minutes of runs), peak working set {peak}.");
    }

    private void Rankings()
    {
        Line($"## What changes in the ranking");
        Line($"");
        Line($"Mean rank of each strategy over the datasets (1 is best), and Kendall's τ of each dataset's order with the paper's, averaged.");
        Line($"");
        foreach (IGrouping<int, PaperCell> table in PaperTables.Cells.GroupBy(cell => cell.Table))
        {
            RankingOf([.. table]);
        }
    }

    private void RankingOf(PaperCell[] table)
    {
        string[] strategies = [.. table.Select(cell => cell.Key.Strategy).Distinct()];
        (string Name, Func<PaperCell, CellScore?> Source)[] sources =
        [
            ("paper", cell => cell.Score), ("as published", cell => _published.Score(cell.Key)), ("as it should be", cell => _should.Score(cell.Key)),
        ];

        Line($"Table {table[0].Table}, {table[0].Task.ToString().ToLowerInvariant()}, {table[0].Key.Start} start:");
        Line($"");
        Line($"| | datasets | {string.Join(" | ", strategies)} | τ |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---:|", strategies.Length + 2))}");
        foreach ((string name, Func<PaperCell, CellScore?> source) in sources)
        {
            (double[] Paper, double[] Own)[] ranks =
            [
                .. table.GroupBy(cell => cell.Key.Dataset).Where(dataset => Ranking.Of([.. dataset], source) is not null)
                    .Select(dataset => (Ranking.Of([.. dataset], cell => cell.Score)!, Ranking.Of([.. dataset], source)!)),
            ];
            if (ranks.Length > 0)
            {
                IEnumerable<string> means = strategies.Select((_, i) => CellText.Fixed(ranks.Average(dataset => dataset.Own[i]), 1));
                string tau = CellText.Fixed(ranks.Average(dataset => Ranking.Tau(dataset.Paper, dataset.Own)), 2);
                Line($"| {name} | {ranks.Length} | {string.Join(" | ", means)} | {tau} |");
            }
        }

        Line($"");
    }

    private void Table(PaperCell[] table)
    {
        string metric = table[0].Task == TaskKinds.Regression ? "mean square error, lower is better" : "balanced accuracy, higher is better";
        Line($"## Table {table[0].Table}: {table[0].Task.ToString().ToLowerInvariant()}, {table[0].Key.Start} start");
        Line($"");
        Line($"IPAUC of {metric}; mean ± standard deviation over five folds.");
        Line($"");
        foreach (IGrouping<string, PaperCell> dataset in table.GroupBy(cell => cell.Key.Dataset))
        {
            Line($"### {dataset.Key}, {table[0].Key.Start}");
            Line($"");
            Line($"| | paper | as published | | as it should be |");
            Line($"|---|---:|---:|---|---:|");
            foreach (PaperCell cell in dataset)
            {
                CellScore? ours = _published.Score(cell.Key);
                Agreement agreement = Comparison.Of(cell.Score, ours);
                string why = agreement == Agreement.Equal ? string.Empty : Invariant($" {Reason.For(cell).Letter}");
                string should = CellText.Of(_should.Score(cell.Key));
                Line($"| {cell.Key.Strategy} | {CellText.Of(cell.Score)} | {CellText.Of(ours)} | {CellText.Of(agreement)}{why} | {should} |");
            }

            Line($"");
            if (new[] { _published, _should }.Any(part => dataset.Any(cell => part.Curve(cell.Key) is not null)))
            {
                Line($"![Learning curves](reproduction/{FileName(table[0].Key.Start, dataset.Key)})");
                Line($"");
            }
        }
    }

    private void Differences()
    {
        Line($"## Cells that differ by more than both standard deviations");
        Line($"");
        Line($"Whether chance explains them was tried with seeds 1 to {Draws.Count}, which draw permutations, samples, cold starts and random queries anew");
        Line($"([all draws](reproduction/draws.csv)). Where the paper's mean is outside all of them, the reason does not explain it, or not alone.");
        (PaperCell Cell, CellScore? Ours, Evidence? Evidence)[] different =
        [
            .. from cell in PaperTables.Cells
               let ours = _published.Score(cell.Key)
               where Comparison.Of(cell.Score, ours) == Agreement.Different
               select (cell, ours, Evidence.Of(cell.Score, _draws.Of(cell.Key).Select(draw => draw.Score))),
        ];
        Evidence[] drawn = [.. different.Select(row => row.Evidence).OfType<Evidence>()];
        if (drawn.Length > 0)
        {
            // One more draw of the same law is the smallest or the largest of all with probability 2 / (n + 1).
            string expected = Invariant($"{2.0 * drawn.Length / (Draws.Count + 1):F1}");
            int outside = drawn.Count(evidence => !evidence.Explains);
            Line($"Of the {drawn.Length} cells that were drawn, {outside} are outside; if chance explained all, {expected} would be expected to be.");
        }

        Line($"");
        Line($"| cell | paper | ours | reason | evidence |");
        Line($"|---|---:|---:|---|---|");
        foreach ((PaperCell cell, CellScore? ours, Evidence? evidence) in different)
        {
            string letter = Invariant($"{Reason.For(cell).Letter}");
            string why = evidence is { Explains: false } ? $"not explained by {letter}" : letter;
            string found = evidence?.ToString() ?? Draws.WhyNot(cell) ?? "not drawn";
            string name = $"{cell.Key.Dataset}, {cell.Key.Start}, {cell.Key.Strategy}";
            Line($"| {name} | {CellText.Of(cell.Score)} | {CellText.Of(ours)} | {why} | {found} |");
        }
    }

    private string CellsCsv()
    {
        var csv = new StringBuilder("table,start,dataset,strategy,paper_mean,paper_std,published_mean,published_std,agreement,should_mean,should_std\n");
        foreach (PaperCell cell in PaperTables.Cells)
        {
            CellScore? ours = _published.Score(cell.Key), should = _should.Score(cell.Key);
            csv.Append(CultureInfo.InvariantCulture, $"{cell.Table},{cell.Key.Start},{cell.Key.Dataset},{cell.Key.Strategy},")
                .Append(CultureInfo.InvariantCulture, $"{cell.Score.Mean},{cell.Score.Deviation},{ours?.Mean:G9},{ours?.Deviation:G9},")
                .Append(CultureInfo.InvariantCulture, $"{Comparison.Of(cell.Score, ours)},{should?.Mean:G9},{should?.Deviation:G9}\n");
        }

        return csv.ToString();
    }

    private string DrawsCsv()
    {
        var csv = new StringBuilder("start,dataset,strategy,seed,mean,std\n");
        foreach (CellKey cell in PaperTables.Cells.Select(cell => cell.Key))
        {
            foreach ((long seed, CellScore score) in _draws.Of(cell))
            {
                csv.Append(CultureInfo.InvariantCulture, $"{cell.Start},{cell.Dataset},{cell.Strategy},{seed},{score.Mean:G9},{score.Deviation:G9}\n");
            }
        }

        return csv.ToString();
    }

    private string RunsCsv()
    {
        var csv = new StringBuilder("part,dataset,start,strategy,fold,rounds,ipauc,first,last\n");
        foreach (PartResults part in new[] { _published, _should })
        {
            foreach (Experiments.RunResult run in part.Runs.OrderBy(run => run.Index))
            {
                IReadOnlyList<double> scores = PartResults.Scores(run);
                csv.Append(CultureInfo.InvariantCulture, $"{part.Name},{run.Spec.Dataset},{run.Spec.Start},{run.Spec.Strategy},{run.Spec.Fold},")
                    .Append(CultureInfo.InvariantCulture, $"{scores.Count - 1},{PartResults.Ipauc(run):G9},{scores[0]:G9},{scores[^1]:G9}\n");
            }
        }

        return csv.ToString();
    }

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
