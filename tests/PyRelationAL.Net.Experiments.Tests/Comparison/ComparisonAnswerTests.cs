using PyRelationAL.Datasets;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class ComparisonAnswerTests
{
    private const string Random = "RandomAcquisition";

    /// <summary>Labels 2, 3, …; 0.9, 0.95 and 0.99 are reached after 1, 2 and 3 queries, of random ones after 2, 4 and never.</summary>
    private static readonly double[] Quick = [0.5, 0.91, 0.96, 0.995, 0.995], Slow = [0.5, 0.8, 0.9, 0.92, 0.95];

    [Test]
    public void TheLabelsToEachShareAreThoseOfTheCurves()
    {
        ComparisonAnswer answer = Answer(8, (Random, Slow), ("Margin", Quick));
        Assert.That(answer.FullScore, Is.EqualTo(1));
        Assert.That(answer.TrainCount, Is.EqualTo(100));
        StartAnswer start = answer.Starts.Single();
        Assert.That((start.Best.Strategy, start.Verdict, start.RunCount), Is.EqualTo(("Margin", ComparisonVerdict.Better, 8)));
        Assert.That(start.Strategies.Select(s => s.MedianLabels), Is.EqualTo(new[]
        {
            new double[] { 3, 4, 5 }, [4, 6, double.PositiveInfinity],
        }));
        Assert.That(start.Targets.Select(t => t.Saved.Estimate), Is.EqualTo(new[] { 1, 2, double.PositiveInfinity }));
        Assert.That(start.Targets.Select(t => t.RandomReached), Is.EqualTo(new[] { 8, 8, 0 }));
        // Eight wins of eight: p = 2 / 2⁸.
        Assert.That(start.Best.AgainstRandom!.AdjustedPValue, Is.EqualTo(1.0 / 128).Within(1e-12));
        Assert.That(start.Best.Score, Is.EqualTo((0.25 + 0.91 + 0.96 + 0.995 + 0.4975) / 4).Within(1e-12));
    }

    [Test]
    public void TheSentencesSayWhatTheNumbersSay()
    {
        IReadOnlyList<string> sentences = Answer(8, (Random, Slow), ("Margin", Quick)).Sentences;
        Assert.That(
            sentences[0], Is.EqualTo("On Toy with Model, from a cold start, Margin saves labels against random queries, and more than chance explains."));
        Assert.That(sentences, Has.Some.EqualTo(
            "95 % of the full performance (an accuracy of 0.9500): Margin needs 4 labels (95 % interval 4 to 4), random queries 6 labels "
            + "(95 % interval 6 to 6); that saves 2 (95 % interval 2 to 2), or 33 %."));
        Assert.That(sentences, Has.Some.EqualTo(
            "99 % of the full performance (an accuracy of 0.9900): Margin needs 5 labels (95 % interval 5 to 5); random queries do not get there with 6 "
            + "in most runs (0 of 8 runs do), so it saves at least 1."));
        Assert.That(sentences, Has.All.EndsWith(".").And.None.Contains("NaN").And.None.Contains("∞").And.None.Contains(".."));
    }

    [Test]
    public void FewRunsTellNothingHoweverLargeTheDifference()
    {
        ComparisonAnswer answer = Answer(5, (Random, Slow), ("Margin", Quick));
        Assert.That(answer.Starts[0].Verdict, Is.EqualTo(ComparisonVerdict.TooFewRuns));
        Assert.That(answer.Sentences[0], Does.Contain("too few runs").And.Contain("it takes at least 6"));
    }

    [TestCase(2, 6)]
    [TestCase(3, 7)]
    [TestCase(21, 10)]
    public void TheLeastNumberOfRunsIsWhereAllWinsAreSignificant(int strategies, int runs)
    {
        double P(int n) => (strategies - 1) * Math.Pow(2, 1 - n);
        Assert.That(ComparisonAnswer.LeastRuns(strategies), Is.EqualTo(runs));
        Assert.That((P(runs) <= 0.05, P(runs - 1) <= 0.05), Is.EqualTo((true, false)));
    }

    [Test]
    public void RandomQueriesMayBeTheBest()
    {
        ComparisonAnswer answer = Answer(8, (Random, Quick), ("Margin", Slow), ("Other", Slow));
        Assert.That(answer.Starts[0].Verdict, Is.EqualTo(ComparisonVerdict.RandomIsBest));
        Assert.That(answer.Starts[0].WorseThanRandom, Is.EquivalentTo(new[] { "Margin", "Other" }));
        Assert.That(answer.Sentences[0], Does.Contain("none of the 2 strategies that were tried does better than random queries"));
        Assert.That(answer.Sentences, Has.Some.Contain("random queries need 4 labels"));
    }

    [Test]
    public void WhatWinsHalfTheTimeIsNotToldApart()
    {
        ComparisonAnswer answer = Of(Enumerable.Range(0, 10).SelectMany(fold => new[]
        {
            Full(fold, 1), Run(Random, fold, fold % 2 == 0 ? Slow : Quick), Run("Margin", fold, fold % 2 == 1 ? Slow : Quick), Run("Other", fold, Slow),
        }))!;
        // Equal means: random queries are the simpler choice.
        Assert.That(answer.Starts[0].Verdict, Is.EqualTo(ComparisonVerdict.RandomIsBest));
        ComparisonAnswer shifted = Of(Enumerable.Range(0, 10).SelectMany(fold => new[]
        {
            Full(fold, 1), Run(Random, fold, fold < 6 ? Slow : Quick), Run("Margin", fold, fold >= 6 ? Slow : Quick),
        }))!;
        Assert.That(shifted.Starts[0].Verdict, Is.EqualTo(ComparisonVerdict.NotToldApart));
        Assert.That(shifted.Sentences, Has.Some.Contain("better in 6 of them, p = 0.").And.Some.Contain("may be chance"));
        Assert.That(shifted.Sentences[0], Does.EndWith("Margin has the better mean, but not by more than chance explains."));
    }

    [Test]
    public void WhereTheFullModelIsNoBetterThanTheFirstThereIsNothingToSave()
    {
        double[] noise = [0.52, 0.49, 0.51, 0.5, 0.48], better = [0.52, 0.53, 0.54, 0.53, 0.54];
        ComparisonAnswer answer = Of(Enumerable.Range(0, 10).SelectMany(fold => new[]
        {
            Full(fold, 0.5 + (0.01 * (fold % 3))), Run(Random, fold, fold % 3 == 0 ? better : noise), Run("Margin", fold, fold % 3 == 0 ? noise : better),
        }))!;
        Assert.That(answer.Starts[0].Verdict, Is.EqualTo(ComparisonVerdict.NothingToGain));
        Assert.That(answer.Sentences[0], Does.Contain("nothing to save"));
    }

    [Test]
    public void OfErrorsASmallerOneIsBetter()
    {
        double[] quick = [10, 2.2, 2.1, 2.01, 2], slow = [10, 5, 3, 2.2, 2.1];
        RunResult[] runs =
        [
            .. Enumerable.Range(0, 8).SelectMany(fold => new[]
            {
                Full(fold, 2, "rmse"), Run(Random, fold, slow, "rmse"), Run("Margin", fold, quick, "rmse"),
            }).Select(run => run with { Task = TaskKinds.Regression }),
        ];
        ComparisonAnswer answer = ComparisonAnswer.Of(runs)!;
        Assert.That(answer.HigherIsBetter, Is.False);
        // 2 / 0.9 = 2.22, 2 / 0.95 = 2.105, 2 / 0.99 = 2.02.
        Assert.That(answer.Starts[0].Strategies.Select(s => s.MedianLabels), Is.EqualTo(new[]
        {
            new double[] { 3, 4, 5 }, [5, 6, double.PositiveInfinity],
        }));
        Assert.That(answer.Starts[0].Targets[1].Score, Is.EqualTo(2 / 0.95).Within(1e-12));
    }

    [Test]
    public void EachRunIsHeldAgainstItsOwnFold()
    {
        ComparisonAnswer answer = Of(Enumerable.Range(0, 8).SelectMany(fold => new[]
        {
            Full(fold, fold < 4 ? 1 : 0.5), Run(Random, fold, Half(Slow, fold)), Run("Margin", fold, Half(Quick, fold)),
        }))!;
        Assert.That(answer.Starts[0].Best.MedianLabels, Is.EqualTo(new double[] { 3, 4, 5 }));

        static double[] Half(double[] scores, int fold) => fold < 4 ? scores : Array.ConvertAll(scores, score => score / 2);
    }

    [Test]
    public void FailedAndUnfinishedStrategiesAreNamedAndNotCompared()
    {
        RunResult[] runs =
        [
            .. Enumerable.Range(0, 10).SelectMany(
                fold => new[] { Full(fold, 1), Run(Random, fold, Slow), Run("Margin", fold, Quick), Run("Broken", fold, Quick) }),
            Run("Late", 0, Quick),
        ];
        runs[^2] = Fixtures.Failure("Broken", 9, "It broke.");
        ComparisonAnswer answer = Of(runs)!;
        Assert.That(answer.Starts[0].Strategies.Select(s => s.Strategy), Is.EqualTo(new[] { "Margin", Random }));
        Assert.That(answer.Starts[0].RunCount, Is.EqualTo(10));
        Assert.That((answer.FailedStrategies, answer.UnfinishedStrategies), Is.EqualTo((new[] { "Broken" }, new[] { "Late" })));
        Assert.That(answer.Sentences, Has.Some.Contain("failed: Broken").And.Some.Contain("too few runs of theirs are done: Late"));
    }

    [Test]
    public void StartsAreAnsweredSeparately()
    {
        RunResult[] runs = [.. Enumerable.Range(0, 8).SelectMany(fold => new[] { Full(fold, 1), Run(Random, fold, Slow), Run("Margin", fold, Quick) })];
        RunResult[] warm = [.. runs.Where(run => run.Spec.Start == "cold").Select(run => run with
        {
            Spec = run.Spec with { Start = "warm", Strategy = run.Spec.Strategy == Random ? "Margin" : Random },
        })];
        ComparisonAnswer answer = Of([.. runs, .. warm])!;
        Assert.That(answer.Starts.Select(s => (s.Start, s.Verdict)), Is.EqualTo(new[]
        {
            ("cold", ComparisonVerdict.Better), ("warm", ComparisonVerdict.RandomIsBest),
        }));
        Assert.That(answer.Sentences[0], Does.Contain("from a cold start, Margin saves labels").And.Contain("from a warm start, Margin is no better"));
    }

    [Test]
    public void WithoutPairsThereIsNoAnswer()
    {
        Assert.That(ComparisonAnswer.Of([]), Is.Null);
        Assert.That(Of([Run(Random, 0, Slow), Run("Margin", 0, Quick)]), Is.Null, "the full performance is not known");
        Assert.That(Of([Full(0, 1), Run(Random, 0, Slow)]), Is.Null);
        Assert.That(Of([Full(0, 1), Run(Random, 0, Slow), Run("Margin", 1, Quick)]), Is.Null);
        Assert.That(
            () => Of([Full(0, 1), Fixtures.Result(Random, 0, Slow, dataset: "Other")]), Throws.ArgumentException.With.Message.Contains("several datasets"));
    }

    [Test]
    public void TheReportBeginsWithTheAnswer()
    {
        RunResult[] runs = [.. Enumerable.Range(0, 8).SelectMany(fold => new[] { Full(fold, 1), Run(Random, fold, Slow), Run("Margin", fold, Quick) })];
        string page = HtmlReport.Render(runs);
        Assert.That(page, Does.Contain("<h2>The answer</h2>").And.Contain("Margin saves labels against random queries"));
        Assert.That(page.IndexOf("<h2>", StringComparison.Ordinal), Is.EqualTo(page.IndexOf("<h2>The answer</h2>", StringComparison.Ordinal)));
        Assert.That(HtmlReport.Render([.. runs.Where(run => run.Spec.Start == "cold")]), Does.Not.Contain("The answer"));
        Assert.That(ExperimentSummary.Of(runs).Select(s => s.Start), Is.EqualTo(new[] { "cold" }), "the full start has no curve");
    }

    private static RunResult Run(string strategy, int fold, double[] scores, string metric = "accuracy") => Fixtures.Result(strategy, fold, scores, metric);

    private static RunResult Full(int fold, double score, string metric = "accuracy")
    {
        RunResult run = Fixtures.Result(Random, fold, [score], metric);
        return run with { Spec = run.Spec with { Start = FullStart.FullName }, LabelledCounts = [100] };
    }

    private static ComparisonAnswer Answer(int folds, params (string Strategy, double[] Scores)[] strategies) => Of(
        Enumerable.Range(0, folds).SelectMany(fold => strategies.Select(s => Run(s.Strategy, fold, s.Scores)).Prepend(Full(fold, 1))))!;

    private static ComparisonAnswer? Of(IEnumerable<RunResult> runs) => ComparisonAnswer.Of(runs, "accuracy");
}
