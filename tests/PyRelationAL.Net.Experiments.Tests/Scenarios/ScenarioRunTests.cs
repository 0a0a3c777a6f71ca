using System.Xml.Linq;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Scenarios;

public sealed class ScenarioRunTests
{
    private static readonly ExperimentPlan Plan = Fixtures.Plan with
    {
        Datasets = [Digits.Source],
        Rounds = 5,
        BatchSize = 8,
        Scenario = Scenario.OpenSet(0.4).And(Scenario.Imbalanced(0.2)),
    };

    private static readonly Lazy<ExperimentResults> Shared = new(() => ExperimentRunner.Run(Plan.Prepare()));

    [Test]
    public void MetricsOfQueriesFollowFromWhatWasQueried()
    {
        ExperimentResults results = Shared.Value;
        Assert.That(results.FailedCount, Is.Zero);
        Assert.That(results.Runs, Has.Count.EqualTo(12));
        foreach (RunResult run in results.Runs)
        {
            InMemoryDataset digits = Digits.Load();
            Fold fold = digits.StratifiedFolds(3, run.Spec.Seed)[run.Spec.Fold];
            ScenarioFold applied = Plan.Scenario!.Apply(digits, fold, run.Spec.Seed);
            bool IsKnown(int index) => applied.KnownClasses.Contains(digits.GetLabel(index).Class);
            int pool = applied.Fold.Train.Count(IsKnown) - run.InitialLabelled.Count;
            Assert.That(run.InitialLabelled.Select(IsKnown), Is.All.True);
            Assert.That(run.Queried.SelectMany(q => q), Is.SubsetOf(applied.Fold.Train));
            Assert.That(run.QueriedClasses, Is.EqualTo(run.Queried.Select(query =>
                query.Select(index => IsKnown(index) ? applied.Dataset.GetLabel(index).Class : -1))));
            for (int i = 1; i <= 5; i++)
            {
                int[] asked = [.. run.Queried.Take(i).SelectMany(q => q)];
                Assert.That(run.Metrics["purity"][i], Is.EqualTo((double)asked.Count(IsKnown) / asked.Length).Within(1e-15));
                Assert.That(run.Metrics["batch_purity"][i], Is.EqualTo((double)run.Queried[i - 1].Count(IsKnown) / 8).Within(1e-15));
                Assert.That(run.Metrics["known_recall"][i], Is.EqualTo((double)asked.Count(IsKnown) / pool).Within(1e-15));
                Assert.That(run.LabelledCounts[i] + run.OutOfDistributionCounts![i], Is.EqualTo(run.InitialLabelled.Count + (8 * i)), "each costs its label");
                Assert.That(run.OutOfDistributionCounts[i], Is.EqualTo(asked.Count(index => !IsKnown(index))));
            }
        }

        Assert.That(results.Runs.Select(run => run.Metrics["purity"][5]), Is.Not.All.EqualTo(1), "the test would show nothing");
    }

    [Test]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        ExperimentResults one = ExperimentRunner.Run(Plan.Prepare(), new ExperimentOptions { MaxDegreeOfParallelism = 1 });
        Assert.That(one.Runs.Select(ResultComparer.Canonical), Is.EqualTo(Shared.Value.Runs.Select(ResultComparer.Canonical)));
    }

    [Test]
    public void AllStrategiesHaveTheSameProblem()
    {
        foreach (var group in Shared.Value.Runs.GroupBy(run => (run.Spec.Fold, run.Spec.Seed)))
        {
            Assert.That(group.Select(run => string.Join(',', run.InitialLabelled)).Distinct().Count(), Is.EqualTo(1));
            Assert.That(group.Select(run => run.Metrics["log_loss"][0]).Distinct().Count(), Is.EqualTo(1), "the same test items");
        }
    }

    [Test]
    public void AnImbalanceAloneHasNoMetricsOfOpenSets()
    {
        ExperimentResults results = ExperimentRunner.Run((Plan with { Scenario = Scenario.Imbalanced(0.2), Rounds = 1 }).Prepare());
        Assert.That(results.Runs[0].Metrics.Keys, Is.EqualTo(new[] { "accuracy", "balanced_accuracy", "log_loss", "macro_f1" }));
        Assert.That(results.Runs[0].OutOfDistributionCounts, Is.Null);
        Assert.That(HtmlReport.Render(results.Runs), Does.Contain("<h2>Queries</h2>").And.Not.Contain("<th scope=\"col\">purity"));
    }

    [Test]
    public void RegressionIsLeftOut()
    {
        ExperimentPlan both =
            Plan with { Datasets = [Digits.Source, Diabetes.Source], Strategies = [Fixtures.Random], Model = ModelCatalogue.Find("Committee") };
        Assert.That(both.Prepare().Skipped.Single().Reason, Does.EndWith("is for classification, Diabetes is for regression."));
        Assert.That(
            () => (both with { Datasets = [Diabetes.Source] }).Prepare(),
            Throws.ArgumentException.With.Message.Contains("'open-set 0.4, imbalance 0.2' is for classification"));
    }

    [Test]
    public void AScenarioThatDoesNotFitFailsBeforeAnythingRuns() => Assert.That(
        () => (Plan with { Scenario = Scenario.Imbalanced(0.001) }).Prepare(), Throws.ArgumentException.With.Message.Contains("imbalance factor of 0.001"));

    [Test]
    public void ItIsPartOfTheSpecAndItsName()
    {
        RunSpec spec = Plan.Prepare().Runs[0];
        Assert.That(spec.ToString(), Is.EqualTo("Digits/cold/open-set 0.4, imbalance 0.2/MarginalConfidence, fold 1 of 3, seed 1"));
        Assert.That(spec, Is.Not.EqualTo((Plan with { Scenario = null }).Prepare().Runs[0]));
        Assert.That(spec with { Scenario = null }, Is.EqualTo((Plan with { Scenario = null }).Prepare().Runs[0]));
    }

    [Test]
    public void ResultsAreStoredWhole()
    {
        string file = Fixtures.TemporaryFile("results.jsonl");
        using (var writer = new ResultWriter(file))
        {
            writer.Append(Shared.Value.Runs[0]);
        }

        RunResult read = ResultReader.Read(file).Runs.Single();
        Assert.That(read.Spec, Is.EqualTo(Shared.Value.Runs[0].Spec));
        Assert.That(read.OutOfDistributionCounts, Is.EqualTo(Shared.Value.Runs[0].OutOfDistributionCounts));
        Assert.That(read.Timings!.SuggestByQuery, Is.EqualTo(Shared.Value.Runs[0].Timings!.SuggestByQuery).And.Count.EqualTo(5));
        Assert.That(ResultComparer.Canonical(read), Is.EqualTo(ResultComparer.Canonical(Shared.Value.Runs[0])));

        File.WriteAllText(file, File.ReadAllText(file).Replace("\"outOfDistributionCounts\":[0,", "\"outOfDistributionCounts\":[", StringComparison.Ordinal));
        Assert.That(() => ResultReader.Read(file), Throws.TypeOf<ResultFormatException>().With.Message.Contains("for each round"));
    }

    [Test]
    public void AFolderIsNotContinuedWithAnotherScenario()
    {
        var folder = new ExperimentFolder(Fixtures.TemporaryFolder());
        var manifest = new ExperimentManifest { PlannedRuns = 12, Threads = 1, Scenario = Plan.Scenario!.Name };
        folder.Continue(manifest).Dispose();
        folder.Continue(manifest).Dispose();
        Assert.That(
            () => folder.Continue(manifest with { Scenario = "imbalance 0.2" }),
            Throws.ArgumentException.With.Message.Contains("holds results of the scenario 'open-set 0.4, imbalance 0.2'"));
        Assert.That(() => folder.Continue(manifest with { Scenario = null }), Throws.ArgumentException.With.Message.Contains("with no scenario"));
        Assert.That(folder.ReadManifest()!.Scenario, Is.EqualTo(Plan.Scenario.Name), "a refused manifest is not stored");
    }

    [Test]
    public void SettingsOfDifferentScenariosAreNotAveraged()
    {
        RunResult[] runs = [.. Shared.Value.Runs, .. Shared.Value.Runs.Select(run => run with { Spec = run.Spec with { Scenario = null } })];
        IReadOnlyList<SettingSummary> settings = ExperimentSummary.Of(runs);
        Assert.That(settings.Select(s => s.Scenario), Is.EqualTo(new[] { Plan.Scenario!.Name, null }));
        Assert.That(settings[0].Strategies[0].Ipauc.Count, Is.EqualTo(6));
        Assert.That(HtmlReport.Render(runs), Does.Contain("<h3>Digits, cold start, open-set 0.4, imbalance 0.2</h3>").And.Contain("start, plain</h3>"));
    }

    [Test]
    public void QueriesAreMetricsLikeOthers()
    {
        SettingSummary purity = ExperimentSummary.Of(Shared.Value.Runs, ["purity"]).Single();
        Assert.That((purity.Metric, purity.HigherIsBetter), Is.EqualTo(("purity", true)));
        Assert.That(purity.Strategies[0].Final.Mean, Is.InRange(0, 1));
        Assert.That(purity.Strategies[0].Curve[^1].Labelled, Is.EqualTo(6 + 40));
        SettingSummary time = ExperimentSummary.Of(Shared.Value.Runs, ["selection_seconds"]).Single();
        Assert.That((time.Metric, time.HigherIsBetter), Is.EqualTo(("selection_seconds", false)));
        Assert.That(time.Strategies[0].Curve[1].Score.Mean, Is.GreaterThan(0));
        Assert.That(ExperimentSummary.Of(Shared.Value.Runs).Single().Metric, Is.EqualTo("balanced_accuracy"));
        Assert.That(MetricChoice.Find("known-recall"), Is.EqualTo("known_recall"));
    }

    [Test]
    public void TheReportHasPurityRecallAndTimes()
    {
        string page = HtmlReport.Render(Shared.Value.Runs);
        string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..(page.IndexOf("</body>", StringComparison.Ordinal) + "</body>".Length)];
        XElement section = XElement.Parse(body).Descendants("section").Single(s => s.Element("h2")?.Value == "Queries");
        Assert.That(
            section.Descendants("h3").Select(h => h.Value),
            Is.EqualTo(new[] { "Digits, cold start: purity of all queries", "Digits, cold start: recall of known classes" }));
        Assert.That(section.Descendants("polyline").Count(), Is.EqualTo(4));
        XElement[] rows = [.. section.Descendants("tbody").Single().Elements("tr")];
        Assert.That(rows.Select(row => row.Elements("td").First().Value), Is.EqualTo(new[] { "MarginalConfidence", "RandomAcquisition" }));
        double expected = Shared.Value.Runs.Where(run => run.Spec.Strategy == "RandomAcquisition").Average(run => run.Metrics["purity"][^1]);
        Assert.That(rows[1].Elements("td").ElementAt(1).Value, Does.StartWith(NumberText.Of(expected)));
        Assert.That(rows[1].Elements("td").Last().Value, Does.EndWith("s"));
        Assert.That(body, Does.Contain("<dt>Scenario</dt><dd>open-set 0.4, imbalance 0.2</dd>"));
        Assert.That(HtmlReport.Render([Fixtures.Result("A", 0, [0.1, 0.2])]), Does.Not.Contain("<h2>Queries</h2>").And.Not.Contain("Scenario"));
    }
}
