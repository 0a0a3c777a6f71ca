using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>VAAL and WAAL, and the networks that they train.</summary>
public sealed class AdversarialTrainingTests
{
    private static readonly VAALOptions Small = new() { LatentCount = 2, HiddenWidth = 5, Beta = 0.7, AdversarialWeight = 1.3 };

    [Test]
    public void E8_the_worked_example()
    {
        var u = new double[2];
        WAALStrategy.ComputeUncertainty(new ClassProbabilities([0.5, 0.5, 0.9, 0.1], 2), u);
        Close.Check(u, [1.183276, 2.356470], Close.SixDecimals);
        Close.Check([u[0] - (10 * 0.3), u[1] - (10 * 0.6)], [-1.816724, -3.643530], Close.SixDecimals);
        WAALStrategy.ComputeUncertainty(new ClassProbabilities([0, 1], 2), u.AsSpan(0, 1));
        Close.Check(u[0], -Math.Log(1e-7), 1e-12);
    }

    [Test]
    public void Autoencoder_and_discriminator_learn_as_in_another_program()
    {
        JsonElement golden = GoldenData.Adversarial;
        var networks = new VariationalAutoencoder(3, Small, 12, new RandomStream(1));
        Set(networks.Encoder, 0.1);
        Set(networks.Decoder, 0.5);
        Set(networks.Discriminator, 0.9);
        double[][] losses = Rows(golden, "vae"), judged = Rows(golden, "discriminator");
        for (int step = 0; step < 3; step++)
        {
            networks.Begin(candidates: 6, labelled: 4);
            new double[][] { golden.Numbers("pool"), golden.Numbers("labelled") }.SelectMany(v => v).ToArray().CopyTo(networks.Rows);
            (double candidates, double labelled) = networks.Differentiate([.. Wave(12, step + 7), .. Wave(8, step)]);
            Close.Check([labelled, candidates], losses[step], 1e-9);
            networks.Encoder.Step(0.05);
            networks.Decoder.Step(0.05);
            (candidates, labelled) = networks.DifferentiateDiscriminator();
            Close.Check([labelled, candidates], judged[step], 1e-9);
            networks.Discriminator.Step(0.05);
        }

        Close.Check(networks.Encoder.Parameters, golden.Numbers("encoder"), 1e-6);
        Close.Check(networks.Decoder.Parameters, golden.Numbers("decoder"), 1e-6);
        Close.Check(networks.Discriminator.Parameters, golden.Numbers("judge"), 1e-6);
    }

    [Test]
    public void The_critic_learns_as_in_another_program()
    {
        JsonElement golden = GoldenData.Adversarial;
        var critic = new WassersteinCritic(3, new WAALOptions { HiddenWidth = 5 }, new RandomStream(1));
        Set(critic.Network, 0.3);
        double[] losses = new double[4], shares = [0.1, 0.9, 0.5, 0.3, 0.7, 0.2];
        for (int step = 0; step < 4; step++)
        {
            losses[step] = critic.Accumulate(golden.Numbers("pool"), golden.Numbers("labelled"), shares);
            critic.Network.Step(0.05);
        }

        Close.Check(losses, golden.Numbers("critic_losses"), 1e-9);
        Close.Check(critic.Network.Parameters, golden.Numbers("critic"), 1e-6);
    }

    [Test]
    public void Candidates_unlike_what_is_labelled_are_queried()
    {
        // Half of the pool lies where the labels are, half elsewhere.
        FeatureMatrix noise = TestData.Rows(240, 4);
        var values = new float[240 * 4];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = noise.Values[i] + (i / 4 >= 140 ? 3 : 0);
        }

        var dataset = Datasets.InMemoryDataset.ForClassification("two places", new FeatureMatrix(values, 240, 4), new int[240], 2);
        foreach (IStrategy strategy in new IStrategy[]
        {
            new VAALStrategy(new VAALOptions { Epochs = 60, LatentCount = 4, HiddenWidth = 32 }),
            new WAALStrategy(new WAALOptions { Epochs = 30, HiddenWidth = 32 }, FeatureSpace.Features),
        })
        {
            var model = ScriptedModel.Constant([0.5, 0.5]);
            int elsewhere = strategy.Suggest(Rounds.Over(dataset, model, labelled: 40), 60).Indices.Count(i => i >= 140);
            TestContext.Out.WriteLine(Guard.Text($"{strategy.Name}: {elsewhere} of 60 from where no label is"));
            Assert.That(elsewhere, Is.GreaterThanOrEqualTo(54), strategy.Name);
        }
    }

    [Test]
    public void Of_candidates_in_one_place_the_uncertain_are_queried()
    {
        var dataset = Datasets.InMemoryDataset.ForClassification("one place", TestData.Duplicates(60), new int[60], 2);
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities(
                [.. items.Indices.ToArray().SelectMany(i => new[] { 0.5 + (i / 200.0), 0.5 - (i / 200.0) })], 2),
        };
        Suggestion batch = new WAALStrategy(new WAALOptions { Epochs = 2 }, FeatureSpace.Features).Suggest(Rounds.Over(dataset, model), 10);
        Assert.That(batch.Indices, Is.EqualTo(TestData.Range(4, 10)));
        Assert.That(batch.Scores, Is.Ordered.Descending);
    }

    [Test]
    public void Without_labels_the_batch_is_random()
    {
        foreach (IStrategy strategy in new IStrategy[] { new VAALStrategy(), new WAALStrategy(space: FeatureSpace.Features) })
        {
            QueryContext Context(long seed) => Rounds.Over(TestData.Classification(TestData.Rows(50), 2), new FakeClassifier(), labelled: 0, seed: seed);
            Assert.That(strategy.Suggest(Context(1), 9).Indices, Is.Not.EqualTo(strategy.Suggest(Context(2), 9).Indices));
        }
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        Assert.That(() => new VAALOptions { LatentCount = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new VAALOptions { LearningRate = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new VAALOptions { Beta = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WAALOptions { GradientPenalty = double.NaN }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WAALOptions { Epochs = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => WAALStrategy.ComputeUncertainty(new ClassProbabilities([1], 1), new double[2]), Throws.ArgumentException);
    }

    private static double[] Wave(int count, double phase) => [.. Enumerable.Range(0, count).Select(i => Math.Sin((1.3 * i) + phase))];

    private static void Set(SmallNetwork network, double phase)
    {
        for (int l = 0, start = 0; l < network.Widths.Length - 1; l++)
        {
            int length = network.Widths[l + 1] * (network.Widths[l] + 1);
            Array.ConvertAll(Wave(length, phase + l), v => 0.6 * v).CopyTo(network.Parameters[start..]);
            start += length;
        }
    }

    private static double[][] Rows(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
}
