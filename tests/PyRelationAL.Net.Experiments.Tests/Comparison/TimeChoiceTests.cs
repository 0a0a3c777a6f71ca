using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class TimeChoiceTests
{
    private static readonly ComparisonPlan Plan = ComparisonPlan.For(Iris.Source, new ComparisonOptions { Model = Fixtures.Linear });

    [Test]
    public void WithTimeEnoughAllAreTaken()
    {
        TimeChoice choice = Choice(_ => 0.01);
        ComparisonChoice first = choice.First(60);
        Assert.That(first.Strategies, Is.EqualTo(Plan.Experiment.Strategies.Select(s => s.Name)));
        Assert.That(first.Starts, Is.EqualTo(new[] { "cold", "warm" }));
        Assert.That(choice.LeftOutOf(first), Is.Empty);
        Assert.That(choice.Next(first, [], 60), Is.Null);
    }

    [Test]
    public void TheUsualAndQuickOnesAreTakenFirst()
    {
        TimeChoice choice = Choice(name => name switch { "BADGE" => 5, "RelativeDistance" => 0.1, _ => 1 });
        ComparisonChoice first = choice.First(150);
        Assert.That(first.Strategies, Does.Contain("RandomAcquisition").And.Contain("MarginalConfidence").And.Contain("TypiClust").And.Not.Contain("BADGE"));
        Assert.That(choice.LeftOutOf(first), Has.Some.Contain("BADGE (5.0 s)"));
        Assert.That(first.Strategies.Count * first.Starts.Count * 1.0, Is.LessThan(150 * 2 / 7), "each has runs enough to be told from chance");
    }

    [Test]
    public void TheWarmStartIsGivenUpBeforeTheFifthStrategyAndComesBackWhenThereIsTime()
    {
        TimeChoice choice = Choice(_ => 1);
        ComparisonChoice first = choice.First(35);
        Assert.That(first.Starts, Is.EqualTo(new[] { "cold" }));
        Assert.That(choice.LeftOutOf(first), Has.Some.EqualTo("Left out, since the time budget is short: the start warm."));

        // Runs took a tenth of what was expected.
        RunResult[] runs = [.. first.Strategies.Select(name => Timed(name, 0.1))];
        ComparisonChoice second = choice.Next(first, runs, 20)!;
        Assert.That(second.Starts, Is.EqualTo(new[] { "cold", "warm" }));
        Assert.That(second.Strategies, Is.EqualTo(first.Strategies));
        ComparisonChoice third = choice.Next(second, runs, 20)!;
        Assert.That(third.Strategies.Count, Is.GreaterThan(second.Strategies.Count));
        Assert.That(choice.Next(third, runs, 0.1), Is.Null);
    }

    [Test]
    public void WhatWasNotTimedOrFailedIsLeftOutWithTheReason()
    {
        StrategyCost[] costs = [.. Plan.Experiment.Strategies.Select(s => s.Name switch
        {
            "BADGE" => new StrategyCost(s, null),
            "LCMD" => new StrategyCost(s, null, WasTried: false),
            "TypiClust" => new StrategyCost(s, null, "It broke."),
            _ => new StrategyCost(s, 0.01),
        })];
        var choice = new TimeChoice(Plan, new TimingProbe(0.1, 0.01, costs), 2);
        ComparisonChoice first = choice.First(60);
        Assert.That(first.Strategies, Has.None.AnyOf("BADGE", "LCMD", "TypiClust"));
        Assert.That(choice.LeftOutOf(first), Is.EquivalentTo(new[]
        {
            "Left out, since it failed: TypiClust. It broke.",
            "Left out, since two queries took too long for the time budget: BADGE.",
            "Left out, since there was no time to try them: LCMD.",
        }));
    }

    [Test]
    public void WithoutTimeForTwoRunsThereIsAnError()
    {
        Assert.That(() => Choice(_ => 10).First(2), Throws.ArgumentException.With.Message.Contains("takes about 20.1 s"));
        Assert.That(
            () => new TimeChoice(Plan, new TimingProbe(null, 1, []), 2).First(2),
            Throws.ArgumentException.With.Message.Contains("training LogisticRegression on all"));
    }

    private static TimeChoice Choice(Func<string, double> seconds) => new(
        Plan, new TimingProbe(0.1, seconds("RandomAcquisition"), [.. Plan.Experiment.Strategies.Select(s => new StrategyCost(s, seconds(s.Name)))]), 2);

    private static RunResult Timed(string strategy, double seconds) =>
        Fixtures.Result(strategy, 0, [0.5, 0.6]) with { Timings = new RunTimings(seconds, 0, 0, 0, 0) };
}
