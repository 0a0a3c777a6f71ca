using PyRelationAL.Datasets;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ALBLTests
{
    private const int Count = 400;

    /// <summary>Items of the upper half are of class 1, and the model says class 1 of everything.</summary>
    private static readonly InMemoryDataset Data = InMemoryDataset.ForClassification(
        "Halves", TestData.Rows(Count), [.. Enumerable.Range(0, Count).Select(i => i < Count / 2 ? 0 : 1)], classCount: 2);

    private static readonly ScriptedModel Model = new()
    {
        Probabilities = items => new ClassProbabilities([.. Enumerable.Range(0, items.Count).SelectMany(_ => new[] { 0.2, 0.8 })], 2),
    };

    [Test]
    public void It_follows_the_strategy_after_which_the_model_is_right()
    {
        // Right about everything after a label of "Up", wrong about everything after any other.
        bool isRight = false;
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities(
                [.. items.ClassLabels().SelectMany(label => label == 0 == isRight ? new[] { 1.0, 0 } : [0, 1.0])], 2),
        };
        const int Runs = 10;
        var mean = new Dictionary<string, double> { ["Up"] = 0, ["Down"] = 0, ["RandomAcquisition"] = 0 };
        for (int run = 0; run < Runs; run++)
        {
            ALBLStrategy bandit = Bandit(horizon: 100);
            List<int> labelled = [0, Count / 2];
            for (int round = 0; round < 100; round++)
            {
                int index = bandit.Suggest(Round(round, labelled, (1000 * run) + round, model), 1).Indices[0];
                isRight = index == Enumerable.Range(0, Count).Except(labelled).Max();
                labelled.Add(index);
            }

            Assert.That(bandit.Probabilities.Values.Sum(), Is.EqualTo(1).Within(1e-12));
            foreach ((string name, double probability) in bandit.Probabilities)
            {
                mean[name] += probability / Runs;
            }
        }

        Assert.That(mean["Up"], Is.GreaterThan(0.4));
        Assert.That(mean["Up"], Is.GreaterThan(1.4 * mean["Down"]));
        Assert.That(mean["Up"], Is.GreaterThan(1.4 * mean["RandomAcquisition"]));
    }

    [Test]
    public void The_first_item_is_drawn_from_the_mixture()
    {
        // Up and Down advise one item each; the third strategy is uniform over the 398 of the pool.
        int up = 0, down = 0;
        const int Draws = 3000;
        for (int seed = 0; seed < Draws; seed++)
        {
            int index = Bandit(50).Suggest(Round(0, [0, Count / 2], seed), 1).Indices[0];
            up += index == Count - 1 ? 1 : 0;
            down += index == 1 ? 1 : 0;
        }

        double share = (1.0 / 3) + (1.0 / 3 / (Count - 2));
        double deviation = Math.Sqrt(Draws * share * (1 - share));
        Assert.That(up, Is.EqualTo(Draws * share).Within(4 * deviation));
        Assert.That(down, Is.EqualTo(Draws * share).Within(4 * deviation));
    }

    [Test]
    public void Asked_again_in_a_round_it_answers_the_same_and_a_new_run_starts_anew()
    {
        ALBLStrategy bandit = Bandit(20);
        List<int> labelled = Play(bandit, 8);
        IReadOnlyList<int> once = bandit.Suggest(Round(8, labelled, 8), 3).Indices;
        IReadOnlyDictionary<string, double> learned = bandit.Probabilities;
        Assert.That(bandit.Suggest(Round(8, labelled, 8), 3).Indices, Is.EqualTo(once));
        Assert.That(bandit.Probabilities, Is.EqualTo(learned));
        bandit.Suggest(Round(0, [0, Count / 2], 1), 1);
        Assert.That(bandit.Probabilities.Values, Is.All.EqualTo(1.0 / 3).Within(1e-12));
    }

    [Test]
    public void The_reward_is_the_importance_weighted_accuracy()
    {
        // Two strategies, no uniform one, T = 10: each item is drawn with q = 1/2. N = 400. "Up" drawn: reward 2 / (400 · 10); "Down" drawn: 0.
        var bandit = new ALBLStrategy([Towards("Up", 1), Towards("Down", -1)], horizon: 10);
        int asked = bandit.Suggest(Round(0, [0, Count / 2], 3), 1).Indices[0];
        bandit.Suggest(Round(1, [0, Count / 2, asked], 4), 1);
        var expected = new ExpertWeights(2, 10, 0.1);
        double reward = asked == Count - 1 ? 2.0 / 4000 : 0;
        expected.Learn([reward / 0.5, 0]);
        Assert.That(bandit.Probabilities.Values, Is.EqualTo(expected.Probabilities()).Within(1e-12));
        Assert.That(asked, Is.EqualTo(Count - 1), "this seed draws Up: else there is nothing to see");
    }

    [Test]
    public void A_batch_takes_each_item_once_even_where_all_advise_the_same()
    {
        var bandit = new ALBLStrategy([Towards("Up", 1), Towards("Up too", 1)]);
        Assert.That(bandit.Suggest(Round(0, [0, 1], 1), 5).Indices, Is.EqualTo([399, 398, 397, 396, 395]));
    }

    [Test]
    public void What_makes_no_sense_is_refused()
    {
        Assert.That(() => new ALBLStrategy([]), Throws.ArgumentException.With.Message.Contains("at least one strategy"));
        Assert.That(
            () => new ALBLStrategy([new RandomAcquisitionStrategy(), new RandomAcquisitionStrategy()]),
            Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new ALBLStrategy(horizon: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ALBLStrategy(delta: 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("(0, 1]"));
    }

    private static ALBLStrategy Bandit(int horizon) =>
        new([Towards("Up", 1), Towards("Down", -1), new RandomAcquisitionStrategy()], horizon);

    private static CompositeStrategy Towards(string name, int sign) => new(
        new DelegateScore(Requirements.None, context => [.. context.Pool.Indices.ToArray().Select(i => (double)(sign * i))]), name: name);

    private static List<int> Play(ALBLStrategy bandit, int rounds)
    {
        List<int> labelled = [0, Count / 2];
        for (int round = 0; round < rounds; round++)
        {
            labelled.AddRange(bandit.Suggest(Round(round, labelled, round), 3).Indices);
        }

        bandit.Suggest(Round(rounds, labelled, rounds), 3);
        return labelled;
    }

    private static QueryContext Round(int round, IReadOnlyList<int> labelled, long seed, object? model = null) => new(
        new DatasetView(Data, Enumerable.Range(0, Count).Except(labelled).ToArray()),
        new DatasetView(Data, labelled.ToArray()),
        model ?? Model,
        new RandomStream(seed))
    {
        Round = round,
    };
}
