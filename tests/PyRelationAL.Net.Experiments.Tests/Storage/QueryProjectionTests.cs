using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Storage;

public sealed class QueryProjectionTests
{
    [Test]
    public void TwoFeaturesAreTurnedAndNothingElse()
    {
        var rows = new float[60 * 2];
        for (int i = 0; i < 60; i++)
        {
            (rows[2 * i], rows[(2 * i) + 1]) = (i % 7, (3 * (i % 7)) + (i % 5));
        }

        var dataset = new InMemoryDataset("Slope", new FeatureMatrix(rows, 60, 2), LearningTask.Classification(2), [.. Enumerable.Range(0, 60).Select(i => Label.OfClass(i % 2))]);
        PreparedExperiment experiment = (Fixtures.Plan with { Datasets = [DatasetSource.Of(dataset)], Standardise = false }).Prepare();
        QueryProjection projection = QueryProjection.Of(experiment, ExperimentRunner.Run(experiment).Runs).Single();
        int[] items = [.. projection.Items];
        Assert.That(items, Is.Unique.And.Length.EqualTo(40), "all training items of a fold, since they are few");
        Assert.That(projection.Explained.Sum(), Is.EqualTo(1).Within(2e-4));
        Assert.That(projection.Explained[0], Is.GreaterThan(0.9));
        Assert.That(projection.Classes, Is.EqualTo(items.Select(item => item % 2)));
        for (int i = 1; i < items.Length; i++)
        {
            double features = Distance(rows[2 * items[i]] - rows[2 * items[0]], rows[(2 * items[i]) + 1] - rows[(2 * items[0]) + 1]);
            Assert.That(Distance(projection.X[i] - projection.X[0], projection.Y[i] - projection.Y[0]), Is.EqualTo(features).Within(0.02));
        }
    }

    [Test]
    public void AReportKeepsThemAndALaterOneNeedsNoData()
    {
        var folder = new ExperimentFolder(Fixtures.TemporaryFolder());
        PreparedExperiment experiment = Fixtures.Plan.Prepare();
        using (ResultWriter writer = folder.Begin(new ExperimentManifest { PlannedRuns = experiment.Runs.Count, Threads = 1 }))
        {
            ExperimentRunner.Run(experiment, new ExperimentOptions { RunFinished = writer.Append });
        }

        HtmlReport.Write(folder);
        Assert.That(File.Exists(folder.ProjectionFile), Is.False);
        Assert.That(File.ReadAllText(folder.ReportFile), Does.Not.Contain("queried items</h3>").And.Contain("class 2"));

        HtmlReport.Write(folder, experiment: experiment);
        string first = File.ReadAllText(folder.ReportFile);
        Assert.That(first, Does.Contain("Iris, cold start: queried items</h3>").And.Contain("Fold 1, seed 1").And.Contain("virginica"));
        Assert.That(first, Does.Contain("4 of 4 queried items of RandomAcquisition"));

        HtmlReport.Write(folder);
        Assert.That(File.ReadAllText(folder.ReportFile), Is.EqualTo(first));
        folder.Begin(new ExperimentManifest { PlannedRuns = 1, Threads = 1 }).Dispose();
        Assert.That(File.Exists(folder.ProjectionFile), Is.False, "it was of the results that were set aside");
    }

    [Test]
    public void ADamagedFileIsToldAndLeftOut()
    {
        var folder = new ExperimentFolder(Fixtures.TemporaryFolder());
        using (ResultWriter writer = folder.Begin(new ExperimentManifest { PlannedRuns = 1, Threads = 1 }))
        {
            writer.Append(Fixtures.Result("A", 0, [0.1, 0.2]));
        }

        File.WriteAllText(folder.ProjectionFile, "[{");
        HtmlReport.Write(folder);
        Assert.That(File.ReadAllText(folder.ReportFile), Does.Contain("projection.json holds no projections, and is left out."));
    }

    [Test]
    public void RegressionHasNoClasses()
    {
        PreparedExperiment experiment = (Fixtures.Plan with
        {
            Datasets = [DatasetCatalogue.Find("Diabetes")],
            Strategies = [Fixtures.Random],
            Model = ModelCatalogue.Find("BayesianLinearRegression"),
            Seeds = [1],
        }).Prepare();
        IReadOnlyList<RunResult> runs = ExperimentRunner.Run(experiment).Runs;
        Assert.That(runs.Select(run => run.QueriedClasses), Is.All.Null);
        Assert.That(QueryProjection.Of(experiment, runs).Single().Classes, Is.Null);
    }

    [TestCase(5, 9, new[] { 0, 1, 2, 3, 4 })]
    [TestCase(9, 3, new[] { 0, 4, 8 })]
    [TestCase(10, 4, new[] { 0, 3, 6, 9 })]
    public void PositionsAreSpreadFromTheFirstToTheLast(int count, int most, int[] expected) =>
        Assert.That(QueryProjection.Spread(count, most), Is.EqualTo(expected));

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
