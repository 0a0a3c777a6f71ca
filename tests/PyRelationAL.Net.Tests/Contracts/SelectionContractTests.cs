using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>What every selection criterion promises, for every one in the core. Scores are in [0, 1], which every criterion takes.</summary>
[TestFixtureSource(typeof(Subjects), nameof(Subjects.Criteria), Category = "Contract")]
public sealed class SelectionContractTests
{
    private readonly ISelectionCriterion _criterion;

    public SelectionContractTests(ISelectionCriterion criterion)
    {
        _criterion = criterion;
    }

    [Test]
    public void It_selects_exactly_the_asked_number_of_distinct_positions([Values(0, 1, 2, 50)] int pool)
    {
        foreach (double[] scores in new[] { Scores(pool), new double[pool], Enumerable.Repeat(0.5, pool).ToArray(),
            Array.ConvertAll(Scores(pool), s => Math.Round(s)) })
        {
            foreach (int count in new[] { 0, 1, pool / 2, pool }.Where(c => c <= pool))
            {
                int[] selected = _criterion.Select(scores, count, Rounds.Of(TaskKinds.Classification, pool));
                Assert.That(selected, Has.Length.EqualTo(count));
                Assert.That(selected, Is.Unique);
                Assert.That(selected, Is.All.InRange(0, pool - 1));
            }
        }
    }

    [Test]
    public void The_same_seed_selects_the_same()
    {
        int[] Select(long seed, int threads) => _criterion.Select(Scores(60), 20, Rounds.Of(TaskKinds.Regression, 60, seed, threads));
        Assert.That(Select(3, 2), Is.EqualTo(Select(3, 1)));
    }

    [Test]
    public void A_thousand_duplicates_are_no_problem()
    {
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Duplicates(1000 + Rounds.LabelledCount)), new FakeGaussian());
        Assert.That(_criterion.Select(new double[1000], 30, context), Is.Unique);
    }

    [Test]
    public void Scores_that_are_not_finite_are_refused([Values(double.NaN, double.PositiveInfinity, double.NegativeInfinity)] double bad)
    {
        double[] scores = Scores(12);
        scores[7] = bad;
        Assert.That(
            () => _criterion.Select(scores, 12, Rounds.Of(TaskKinds.Regression, 12)),
            Throws.InstanceOf<ArgumentException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("scores"));
    }

    [Test]
    public void A_count_beyond_the_pool_or_below_zero_is_refused([Values(-1, 13)] int count) => Assert.That(
        () => _criterion.Select(Scores(12), count, Rounds.Of(TaskKinds.Regression, 12)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static double[] Scores(int count)
    {
        var random = new RandomStream(4);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }
}
