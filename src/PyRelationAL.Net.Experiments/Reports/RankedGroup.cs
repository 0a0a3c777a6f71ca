using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments.Reports;

/// <summary>
/// Strategies that ran on the same settings, with their IPAUC in each block. Metrics of which lower values are better count negative, so that settings of
/// different metrics can be ranked together.
/// </summary>
/// <param name="Name">What the blocks are of.</param>
/// <param name="BlockName">What a block is.</param>
/// <param name="ByBlock">The scores by block, for ranks.</param>
/// <param name="ByRun">The scores by run, for counts.</param>
internal sealed record RankedGroup(string Name, string BlockName, ScoreTable ByBlock, ScoreTable ByRun)
{
    /// <summary>For each set of strategies: all settings together, where there are several, and each setting by itself.</summary>
    public static IEnumerable<RankedGroup> AllOf(ReportContent content)
    {
        var scores = new Dictionary<RunSpec, double>();
        foreach (SettingSummary setting in content.Settings)
        {
            foreach (RunResult run in content.RunsOf(setting).Where(run => run.Scores(setting.Metric) is { Count: > 0 }))
            {
                double ipauc = CurveMeasures.Ipauc([.. run.Scores(setting.Metric)!]);
                if (double.IsFinite(ipauc))
                {
                    scores[run.Spec] = setting.HigherIsBetter ? ipauc : -ipauc;
                }
            }
        }

        foreach (var group in content.Settings.GroupBy(s => string.Join('\n', s.Strategies.Select(strategy => strategy.Strategy).Order(StringComparer.Ordinal))))
        {
            SettingSummary[] settings = [.. group];
            if (settings.Length > 1 && Paired(settings) is { } all)
            {
                yield return new RankedGroup(
                    Guard.Text($"{settings.Length} settings together"),
                    "setting",
                    all.ScoresBySetting(run => scores[run.Spec], higherIsBetter: true),
                    all.ScoresByRun(run => scores[run.Spec], higherIsBetter: true));
            }

            foreach (SettingSummary setting in settings)
            {
                if (Paired([setting]) is { } paired)
                {
                    ScoreTable table = paired.ScoresByRun(run => scores[run.Spec], higherIsBetter: true);
                    yield return new RankedGroup(CurvesSection.Name(setting, content), "fold and seed", table, table);
                }
            }
        }

        PairedRuns? Paired(SettingSummary[] settings)
        {
            RunResult[] runs = [.. settings.SelectMany(content.RunsOf).Where(run => scores.ContainsKey(run.Spec))];
            int strategies = runs.Select(run => run.Spec.Strategy).Distinct().Count();
            bool hasBlock = runs.GroupBy(run => (run.Spec.Setting, run.Spec.Fold, run.Spec.Seed))
                .Any(block => block.Select(run => run.Spec.Strategy).Distinct().Count() == strategies);
            return strategies > 1 && hasBlock ? PairedRuns.Of(runs) : null;
        }
    }
}
