using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Plans;

public sealed class ExperimentPlanTests
{
    [Test]
    public void RunsAreTheCrossProductWithStrategiesOfOneFoldSideBySide()
    {
        PreparedExperiment prepared = (Fixtures.Plan with { Starts = [new ColdStart(), new WarmStart()] }).Prepare();
        Assert.That(prepared.Runs, Has.Count.EqualTo(2 * 2 * 3 * 2));
        Assert.That(prepared.Runs.Distinct().Count(), Is.EqualTo(prepared.Runs.Count));
        Assert.That(prepared.Runs.Take(3).Select(run => (run.Strategy, run.Fold)), Is.EqualTo(new[]
        {
            ("MarginalConfidence", 0), ("RandomAcquisition", 0), ("MarginalConfidence", 1),
        }));
    }

    [Test]
    public void WhatDoesNotFitATaskIsLeftOutAndListed()
    {
        PreparedExperiment prepared = (Fixtures.Plan with
        {
            Datasets = [DatasetCatalogue.Find("Iris"), DatasetCatalogue.Find("SynthReg1")],
            Starts = [new ColdStart(), new KPerClassStart(2)],
            Model = ModelCatalogue.Default,
        }).Prepare();
        Assert.That(
            prepared.Skipped.Select(s => (s.Dataset, s.What)), Is.EqualTo(new[] { ("SynthReg1", "MarginalConfidence"), ("SynthReg1", "kperclass:2") }));
        Assert.That(
            prepared.Runs.Where(run => run.Dataset == "SynthReg1").Select(run => (run.Start, run.Strategy)).Distinct(),
            Is.EqualTo(new[] { ("cold", "RandomAcquisition") }));
    }

    [Test]
    public void ADatasetThatTheModelIsNotForIsLeftOut()
    {
        PreparedExperiment prepared =
            (Fixtures.Plan with { Datasets = [DatasetCatalogue.Find("SynthReg1"), DatasetCatalogue.Find("Iris")] }).Prepare();
        Assert.That(prepared.Runs.Select(run => run.Dataset).Distinct(), Is.EqualTo(new[] { "Iris" }));
        Assert.That(prepared.Skipped.Single().Reason, Is.EqualTo("LogisticRegression is for classification, SynthReg1 is for regression."));
    }

    [Test]
    public void NothingLeftIsAnErrorThatSaysWhy() => Assert.That(
        () => (Fixtures.Plan with { Strategies = [StrategyCatalogue.Find("Variance")], Model = ModelCatalogue.Default }).Prepare(),
        Throws.ArgumentException.With.Message.Contains("Nothing is left to run. VarianceReduction is for regression"));

    [Test]
    public void AMissingCapabilityFailsBeforeAnythingRuns() => Assert.That(
        () => (Fixtures.Plan with { Strategies = [StrategyCatalogue.Find("QBC")] }).Prepare(),
        Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("QueryByCommittee").And.Message.Contains("ClassifierCommittee"));

    [Test]
    public void MoreFoldsThanRowsIsAnError() =>
        Assert.That(() => (Fixtures.Plan with { FoldCount = 151 }).Prepare(), Throws.InstanceOf<ArgumentException>().With.Message.Contains("151"));

    [TestCaseSource(nameof(BadPlans))]
    public void SettingsOutOfRangeAreRefusedByName(ExperimentPlan plan, string parameter) => Assert.That(
        () => plan.Prepare(), Throws.InstanceOf<ArgumentException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo(parameter));

    private static IEnumerable<TestCaseData> BadPlans() =>
    [
        new(Fixtures.Plan with { Datasets = [] }, "Datasets"),
        new(Fixtures.Plan with { Strategies = [Fixtures.Random, Fixtures.Random] }, "Strategies"),
        new(Fixtures.Plan with { Starts = [new ColdStart(), new ColdStart()] }, "Starts"),
        new(Fixtures.Plan with { Seeds = [3, 3] }, "Seeds"),
        new(Fixtures.Plan with { FoldCount = 1 }, "FoldCount"),
        new(Fixtures.Plan with { BatchSize = 0 }, "BatchSize"),
        new(Fixtures.Plan with { Rounds = 0 }, "Rounds"),
    ];
}
