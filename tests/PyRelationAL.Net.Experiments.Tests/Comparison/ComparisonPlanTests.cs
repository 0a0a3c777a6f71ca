using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ComparisonPlanTests
{
    [Test]
    public void SmallDataGetAGaussianProcessAndAllThatFitsIt()
    {
        var plan = ComparisonPlan.For(Iris.Source);
        ExperimentPlan experiment = plan.Experiment;
        Assert.That(experiment.Model.Name, Is.EqualTo("GaussianProcess"));
        Assert.That((experiment.FoldCount, experiment.Seeds.Count, experiment.BatchSize, experiment.Rounds), Is.EqualTo((5, 3, 2, (int?)30)));
        Assert.That(experiment.Starts.Select(s => s.Name), Is.EqualTo(new[] { "cold", "warm" }));
        Assert.That(experiment.Strategies[0].Name, Is.EqualTo("RandomAcquisition"));
        Assert.That(
            experiment.Strategies.Select(s => s.Name), Does.Contain("EntropyClassification").And.Contain("ClassificationBALD").And.Not.Contain("BADGE"));
        Assert.That(plan.Metric, Is.EqualTo("balanced_accuracy"));
        Assert.That(plan.Guesses.Select(g => g.Property), Is.EqualTo(new[] { "Model", "FoldCount", "BatchSize", "Rounds", "Starts", "Seeds" }));
    }

    [Test]
    public void ManyItemsGetAQuickModelAndNoSlowStrategies()
    {
        var plan = ComparisonPlan.For(DatasetSource.Of(Blobs(6000, 3)));
        Assert.That(plan.Experiment.Model.Name, Is.EqualTo("LogisticRegression"));
        Assert.That(plan.Experiment.Strategies.Select(s => s.Name), Does.Contain("BADGE").And.Not.Contain("HierarchicalSampling").And.Not.Contain("CCAL"));
        Assert.That(plan.LeftOut, Has.Some.Contain("take long with 6000 items: ").And.Some.Contain("unknown classes: CCAL"));
        Assert.That(((WarmStart)plan.Experiment.Starts[1]).Share, Is.LessThan(0.03), "a tenth would be the end of the runs");
        Assert.That(ComparisonPlan.For(DatasetCatalogue.Find("Concrete")).Experiment.Model.Name, Is.EqualTo("Laplace"));
    }

    [Test]
    public void WithTwoClassesMarginsStandForWhatOrdersAlike()
    {
        var plan = ComparisonPlan.For(DatasetCatalogue.Find("BreastCancer"));
        Assert.That(plan.Experiment.Strategies.Select(s => s.Name), Does.Contain("MarginalConfidence").And.Not.Contain("LeastConfidence"));
        Assert.That(plan.LeftOut, Has.Some.EqualTo(
            "Left out, since they do with two classes what MarginalConfidence does: EntropyClassification, LeastConfidence, RatioConfidence."));
        Assert.That(
            ComparisonPlan.For(DatasetCatalogue.Find("Diabetes")).LeftOut, Has.Some.Contain("look for large values").And.Some.Contain("ExpectedImprovement"));
    }

    [Test]
    public void WhatIsGivenIsTaken()
    {
        var plan = ComparisonPlan.For(Iris.Source, new ComparisonOptions
        {
            Model = Fixtures.Linear,
            Strategies = [Fixtures.Margin],
            Starts = [new KPerClassStart(2)],
            FoldCount = 3,
            Seeds = [7],
            Rounds = 4,
            BatchSize = 5,
            Metric = "Log-Loss",
            Standardise = false,
        });
        ExperimentPlan e = plan.Experiment;
        Assert.That(plan.Guesses, Is.Empty);
        Assert.That((e.Model, e.FoldCount, e.Rounds, e.BatchSize, e.Standardise, plan.Metric), Is.EqualTo((Fixtures.Linear, 3, (int?)4, 5, false, "log_loss")));
        Assert.That(e.Strategies.Select(s => s.Name), Is.EqualTo(new[] { "RandomAcquisition", "MarginalConfidence" }));
        Assert.That((e.Seeds.Single(), e.Starts.Single().Name), Is.EqualTo((7, "kperclass:2")));
    }

    [Test]
    public void WhoeverStopsEarlyHasTheSameFoldsOfAll()
    {
        PreparedExperiment runs = ComparisonPlan.For(Iris.Source, ComparisonRunnerTests.Small).Prepare(CancellationToken.None);
        Assert.That(runs.Runs.Take(6).Select(r => (r.Seed, r.Fold, r.Start, r.Strategy)), Is.EqualTo(new[]
        {
            (0L, 0, "full", "RandomAcquisition"),
            (0L, 0, "cold", "RandomAcquisition"), (0L, 0, "cold", "MarginalConfidence"),
            (0L, 0, "warm:0.03", "RandomAcquisition"), (0L, 0, "warm:0.03", "MarginalConfidence"),
            (0L, 1, "full", "RandomAcquisition"),
        }));
        Assert.That(runs.PlannedRuns.Select(r => r.Index), Is.EqualTo(Enumerable.Range(0, 2 * 3 * 5)));
    }

    [Test]
    public void DataThatCannotBeComparedOnAreRefused()
    {
        Assert.That(
            () => For(Blobs(10, 2)), Throws.ArgumentException.With.Message.EqualTo("'blobs' has 10 items; a comparison needs at least 20, better a hundred."));
        Assert.That(() => For(InMemoryDataset.ForRegression("flat", Features(30), [.. Enumerable.Repeat(3.5, 30)])),
            Throws.ArgumentException.With.Message.Contains("All items of 'flat' have the label 3.5"));
        Assert.That(() => For(InMemoryDataset.ForClassification("gap", Features(30), [.. Enumerable.Range(0, 30).Select(i => i == 3 ? -1 : i % 2)])),
            Throws.ArgumentException.With.Message.Contains("1 items of 'gap' have no label"));
        Assert.That(
            () => For(Blobs(30, 2), new ComparisonOptions { Metric = "rmse" }), Throws.ArgumentException.With.Message.Contains("no metric for a comparison"));
        Assert.That(() => For(Blobs(30, 2), new ComparisonOptions { TimeBudget = TimeSpan.Zero }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => For(Blobs(30, 2), new ComparisonOptions { Model = ModelCatalogue.Find("BayesianLinearRegression") }),
            Throws.ArgumentException.With.Message.Contains("Models that are: "));
        Assert.That(() => For(Blobs(30, 2), new ComparisonOptions { Strategies = [StrategyCatalogue.Find("Greedy")] }),
            Throws.ArgumentException.With.Message.StartsWith("Greedy is not for "));
        Assert.That(() => For(Blobs(30, 2), new ComparisonOptions { Model = Fixtures.Linear, Strategies = [StrategyCatalogue.Find("QBC")] }),
            Throws.TypeOf<CapabilityMissingException>());
    }

    private static ComparisonPlan For(InMemoryDataset data, ComparisonOptions? options = null) => ComparisonPlan.For(DatasetSource.Of(data), options);

    private static FeatureMatrix Features(int count) => new(Enumerable.Range(0, 2 * count).Select(i => (float)Math.Sin(i * i)).ToArray(), count, 2);

    private static InMemoryDataset Blobs(int count, int classes) =>
        InMemoryDataset.ForClassification("blobs", Features(count), [.. Enumerable.Range(0, count).Select(i => i % classes)]);
}
