using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>What every score promises, for every informativeness function in the core.</summary>
[TestFixtureSource(typeof(Subjects), nameof(Subjects.Functions), Category = "Contract")]
public sealed class InformativenessContractTests
{
    private readonly IInformativenessFunction _function;
    private readonly TaskKinds _task;

    public InformativenessContractTests(IInformativenessFunction function, TaskKinds task)
    {
        _function = function;
        _task = task;
    }

    [Test]
    public void There_is_one_finite_score_for_each_candidate([Values(0, 1, 2, 30, 1000)] int pool)
    {
        foreach (FakeModel model in Models())
        {
            double[] scores = Rounds.Over(Data(TestData.Rows(pool + Rounds.LabelledCount)), model).Score(_function);
            Assert.That(scores, Has.Length.EqualTo(pool));
            Assert.That(scores, Is.All.Matches<double>(double.IsFinite));
        }
    }

    [Test]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        foreach (FakeModel model in Models())
        {
            // More than a block of any score; a joint draw costs the cube of the pool.
            int pool = _function.Requirements.Capabilities.HasFlag(Capabilities.JointValueDraws) ? 300 : 2300;
            Datasets.InMemoryDataset data = Data(TestData.Rows(pool));
            long[] Score(int threads) => [.. Rounds.Over(data, model, threads: threads).Score(_function).Select(BitConverter.DoubleToInt64Bits)];
            long[] expected = Score(1);
            Assert.That(Score(2), Is.EqualTo(expected));
            Assert.That(Score(-1), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Scores_follow_the_candidates_and_duplicates_score_alike()
    {
        foreach (FakeModel model in Models().Where(IsDeterministic))
        {
            FeatureMatrix rows = TestData.Rows(41);
            int[] order = [.. TestData.Range(0, Rounds.LabelledCount), .. TestData.Permutation(37).Select(i => i + Rounds.LabelledCount)];
            double[] straight = Rounds.Over(Data(rows), model).Score(_function);
            double[] permuted = Rounds.Over(Data(rows.SelectRows(order)), model).Score(_function);
            Close.Check(permuted, [.. order.Skip(Rounds.LabelledCount).Select(i => straight[i - Rounds.LabelledCount])]);

            // One row more than a block (2,048 rows, or 4,096 values of three classes): vector code must score a row alone as it does among others.
            foreach (int pool in new[] { 1366, 2049 })
            {
                double[] duplicates = Rounds.Over(Data(TestData.Duplicates(pool + Rounds.LabelledCount)), model).Score(_function);
                Assert.That(duplicates.Distinct().Count(), Is.EqualTo(1));
            }
        }
    }

    [Test]
    public void Certain_predictions_score_finitely()
    {
        double[] scores = Rounds.Over(Data(TestData.Rows(20)), ScriptedModel.Constant([1, 0, 0], [0, 0, 1], mean: 3, deviation: 0)).Score(_function);
        Assert.That(scores, Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void Labels_that_are_all_the_same_are_no_problem()
    {
        foreach (FakeModel model in Models())
        {
            double[] scores = Rounds.Over(TestData.WithOneLabel(_task, 20), model).Score(_function);
            Assert.That(scores, Is.All.Matches<double>(double.IsFinite));
            if (_function.Requirements.Tasks == TaskKinds.Classification)
            {
                Assert.That(scores, Is.All.Zero, "nothing is uncertain about one class");
            }
        }
    }

    [Test]
    public void A_cancelled_round_stops() => Assert.That(
        () => Rounds.Over(Data(TestData.Rows(20)), Models().First(), cancellationToken: new CancellationToken(canceled: true)).Score(_function),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void A_round_scores_once()
    {
        QueryContext context = Rounds.Over(Data(TestData.Rows(20)), Models().First());
        double[] first = context.Score(_function);
        Assert.That(context.Score(_function), Is.SameAs(first));
    }

    private Datasets.InMemoryDataset Data(FeatureMatrix rows) => TestData.For(_task, rows);

    private IEnumerable<FakeModel> Models() => Rounds.ModelsFor(_function.Requirements, _task)
        .Select(model => Rounds.Joined(model, _function, Data(TestData.Rows(20))));

    private bool IsDeterministic(FakeModel model)
    {
        Datasets.InMemoryDataset data = Data(TestData.Rows(20));
        return Enumerable.Range(0, 5)
            .Select(seed => string.Join(',', Rounds.Over(data, model, seed: seed).Score(_function).Select(BitConverter.DoubleToInt64Bits)))
            .Distinct(StringComparer.Ordinal)
            .Count() == 1;
    }
}
