using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Tests;

/// <summary>The worked examples of the project's catalogue of algorithms, to the six decimals it gives.</summary>
public sealed class CatalogueTests
{
    // EX-UNC
    private static readonly double[] Unc = [0.7, 0.2, 0.1, 0.4, 0.35, 0.25, 1, 0, 0, 0.5, 0.5, 0];

    // EX-BALD, [2×3×2]
    private static readonly double[] Bald = [0.9, 0.1, 0.5, 0.5, 0.8, 0.2, 0.1, 0.9, 0.5, 0.5, 0.6, 0.4];

    // EX-REGSCORE
    private static readonly double[] RegressionSamples = [1, 2, 0, 3, 2, 4, 5, 2, 2];
    private static readonly double[] Mean = [1, 1.2, 0.8, 1.5];
    private static readonly double[] Deviation = [0.5, 0.1, 0, 0];

    // EX-STOCH
    private static readonly double[] Stoch = [0.5, 0.25, 0.25, 0, 0.1];

    private delegate void RowScores(ReadOnlySpan<double> values, int width, Span<double> scores);

    private delegate void SampleScores(ReadOnlySpan<double> values, int sampleCount, int width, Span<double> scores);

    [Test]
    public void A2_to_A5_uncertainty_of_one_model() => Assert.Multiple(() =>
    {
        CheckRows(LeastConfidence.Compute, [0.45, 0.9, 0, 0.75], [1, 3, 0, 2]);
        CheckRows(MarginConfidence.Compute, [0.5, 0.95, 0, 1], [3, 1, 0, 2]);
        CheckRows(RatioConfidence.Compute, [0.285714, 0.875, 0, 1], [3, 1, 0, 2]);
        CheckRows((p, c, s) => Entropy.Compute(p, c, s), [0.801819, 1.080528, 0, 0.693147], [1, 0, 3, 2]);
        CheckRows((p, c, s) => Entropy.Compute(p, c, s, normalised: true), [0.729847, 0.983539, 0, 0.630930], [1, 0, 3, 2]);
        CheckRows((p, c, s) => Scaled(LeastConfidence.Compute, (c - 1.0) / c, p, c, s), [0.3, 0.6, 0, 0.5], [1, 3, 0, 2]);
        CheckRows((p, c, s) => Scaled((q, k, h) => Entropy.Compute(q, k, h), 1 / Math.Log(2), p, c, s), [1.156780, 1.558872, 0, 1], [1, 0, 3, 2]);
    });

    [Test]
    public void A6_to_A8_B1_and_B2_disagreement_of_a_committee() => Assert.Multiple(() =>
    {
        CheckSamples(ClassificationBald.Compute, [0.368064, 0, 0.024157], "BALD");
        CheckSamples(ConsensusEntropy.Compute, [0.693147, 0.693147, 0.610864], "consensus entropy");
        CheckSamples(MeanStandardDeviation.Compute, [0.4, 0, 0.1], "mean STD");
        CheckSamples(VoteEntropy.Compute, [0.693147, 0, 0], "vote entropy");
        CheckSamples(VariationRatio.Compute, [0.5, 0, 0], "variation ratio");
        CheckSamples(MaxDisagreement.Compute, [0.368064, 0, 0.025732], "max KL");
        CheckSamples(MeanDisagreement.Compute, [0.368064, 0, 0.024157], "mean KL");
        Close.Check(new PosteriorClassSamples(Bald, 2, 2).Mean().Values, [0.5, 0.5, 0.5, 0.5, 0.7, 0.3]);
    });

    [Test]
    public void B1_and_B2_what_the_scores_are_made_of()
    {
        double[] bald = Samples(ClassificationBald.Compute), entropy = Samples(ConsensusEntropy.Compute), mean = Samples(MeanDisagreement.Compute);
        Close.Check([.. entropy.Zip(bald, (h, i) => h - i)], [0.325083, 0.693147, 0.586707], Close.SixDecimals, "expected entropy");
        double[] smaller = [.. Samples(MaxDisagreement.Compute).Zip(mean, (larger, m) => (2 * m) - larger)];
        Close.Check(smaller, [0.368064, 0, 0.022582], Close.SixDecimals, "the divergence of the other member");
        Assert.That(TopK.Select(bald, 3), Is.EqualTo([0, 2, 1]));
        Close.Check([.. Samples(MeanStandardDeviation.Compute).Select(s => s * Math.Sqrt(2))], [0.565685, 0, 0.141421], Close.SixDecimals, "divided by S − 1");
        // The quantity that other programs call a variation ratio, and the one number that PyRelationAL subtracts from every candidate.
        var leastConfident = new double[3];
        LeastConfidence.Compute(new PosteriorClassSamples(Bald, 2, 2).Mean().Values, 2, leastConfident);
        Close.Check([.. leastConfident.Select(s => s / 2)], [0.5, 0.5, 0.3], what: "1 − the mean probability");
        double expected = entropy.Zip(bald, (h, i) => h - i).Average();
        Close.Check([.. entropy.Select(h => (h - expected) / Math.Log(2))], [0.228188, 0.228188, 0.109479], Close.SixDecimals, "PyRelationAL's");
    }

    [Test]
    public void A7_scores_on_the_mean_of_the_samples_follow_from_a_sampler_alone()
    {
        InMemory(Bald, 2, 2, out QueryContext context);
        Close.Check(context.Score(new MarginConfidence()), [1, 1, 0.6]);
        Close.Check(context.Score(new Entropy()), [0.693147, 0.693147, 0.610864], Close.SixDecimals);
        Close.Check(context.Score(new LeastConfidence()), [1, 1, 0.6]);
    }

    [Test]
    public void I1_regression_scores()
    {
        var scores = new double[3];
        PredictedMean.Compute(RegressionSamples, 3, scores);
        Close.Check(scores, [3, 2, 2]);
        StandardDeviation.Compute(RegressionSamples, 3, scores);
        Close.Check(scores, [2, 0, 2]);
        ExpectedImprovement.ComputeFromSamples(RegressionSamples, 3, 3, scores, xi: 0);
        Close.Check(scores, [0.666667, 0, 0.333333], Close.SixDecimals);
        RegressionBald.Compute([Math.Sqrt(8.0 / 3), 0, Math.Sqrt(8.0 / 3)], scores);
        Close.Check(scores, [0.649641, 0, 0.649641], Close.SixDecimals);
        CommitteeVariance.Compute(RegressionSamples, 3, scores);
        Close.Check(scores, [2.666667, 0, 2.666667], Close.SixDecimals, "population variance");
        Close.Check([.. scores.Select(Math.Sqrt)], [1.632993, 0, 1.632993], Close.SixDecimals);

        scores = new double[4];
        ExpectedImprovement.Compute(Mean, Deviation, 1.1, scores);
        Close.Check(scores, [0.149279, 0.100043, 0, 0.39], Close.SixDecimals);
        ExpectedImprovement.Compute(Mean, Deviation, 0, scores);
        Close.Check(scores, [0.994478, 1.19, 0.79, 1.49], Close.SixDecimals, "over 0, where the best label is not passed on");
        ProbabilityOfImprovement.Compute(Mean, Deviation, 1.1, scores, xi: 0.01);
        Close.Check(scores, [0.412936, 0.815940, 0, 1], Close.SixDecimals);
        UpperConfidenceBound.Compute(Mean, Deviation, scores);
        Close.Check(scores, [1.5, 1.3, 0.8, 1.5]);
        UpperConfidenceBound.Compute(Mean, Deviation, scores, kappa: 2);
        Close.Check(scores, [2, 1.4, 0.8, 1.5]);
    }

    [Test]
    public void C3_weights_of_stochastic_acquisition() => Assert.Multiple(() =>
    {
        CheckWeights(PowerSampling.LogWeightsOf(Stoch, 1), [0.454545, 0.227273, 0.227273, 0, 0.090909]);
        CheckWeights(SoftmaxSampling.LogWeightsOf(Stoch, 1), [0.260793, 0.203106, 0.203106, 0.158179, 0.174815]);
        CheckWeights(SoftRankSampling.LogWeightsOf(Stoch, 1), [0.437956, 0.218978, 0.145985, 0.087591, 0.109489]);
    });

    [Test]
    public void C3_keys_of_given_uniforms_and_their_largest() => Assert.Multiple(() =>
    {
        double[] uniforms = [0.1, 0.9, 0.3, 0.99, 0.5], gumbels = [.. uniforms.Select(u => -Math.Log(-Math.Log(u)))];
        Close.Check(gumbels, [-0.834032, 2.250367, -0.185627, 4.600149, 0.366513], Close.SixDecimals);
        CheckKeys(PowerSampling.LogWeightsOf(Stoch, 1), [-1.527180, 0.864073, -1.571921, double.NegativeInfinity, -1.936072], [1, 0]);
        CheckKeys(SoftmaxSampling.LogWeightsOf(Stoch, 1), [-0.334032, 2.500367, 0.064373, 4.600149, 0.466513], [3, 1]);
        CheckKeys(SoftRankSampling.LogWeightsOf(Stoch, 1), [-0.834032, 1.557220, -1.284239, 2.990711, -1.019781], [3, 1]);

        void CheckKeys(double[] logWeights, double[] expected, int[] top)
        {
            double[] keys = [.. logWeights.Zip(gumbels, (w, g) => w + g)];
            Close.Check(keys, expected, Close.SixDecimals);
            Assert.That(TopPositions.Of(keys, 2), Is.EqualTo(top));
        }
    });

    [Test]
    public void C1_top_k_and_D3_initial_distances_of_k_centre()
    {
        FeatureMatrix labelled = TestData.Matrix([0, 0], 2), pool = TestData.Matrix([1, 0, 4, 0, 4, 3, 0, 2], 2);
        var distances = new double[4];
        RelativeDistance.Compute(pool, labelled, distances);
        Close.Check(distances, [1, 4, 5, 2]);
        Assert.That(TopK.Select(distances, 2), Is.EqualTo([2, 1]));
    }

    [Test]
    public void D4_k_means_representatives_are_the_closest_members()
    {
        FeatureMatrix rows = TestData.Matrix([0, 0, 0, 1, 0, 0.4, 10, 0, 10, 1, 10, 0.6], 2);
        ClusterAssignment clusters = new KMeans().Cluster(rows, 2, new RandomStream(1));
        Assert.That(clusters.Representatives(rows, new RandomStream(1)), Is.EquivalentTo([2, 5]));
        Assert.That(clusters.Clusters.ToArray()[..3], Is.All.EqualTo(clusters.Clusters[0]));
        Assert.That(clusters.Clusters.ToArray()[3..], Is.All.EqualTo(clusters.Clusters[5]));
    }

    [Test]
    public void F4_information_density_and_C4_ranked_batch()
    {
        FeatureMatrix rows = TestData.Matrix([0, 0, 0, 1, 1, 0, 5, 5], 2);
        double[] phi = [0.3, 0.4, 0.2, 0.69];
        var density = new double[4];
        InformationDensity.ComputeDensity(rows, density);
        Close.Check(density, [0.530975, 0.512323, 0.512323, 0.348514], Close.SixDecimals);

        var context = new QueryContext(DatasetView.All(TestData.Regression(rows)), new DatasetView(TestData.Regression(rows), Array.Empty<int>()),
            null, new RandomStream(1));
        double[] scores = context.Score(new InformationDensity(Informativeness.Of(Requirements.None, _ => phi)));
        Close.Check(scores, [0.159292, 0.204929, 0.102465, 0.240475], Close.SixDecimals);
        Assert.That(TopK.Select(scores, 4), Is.EqualTo([3, 1, 0, 2]));
        Assert.That(TopK.Select(phi, 4), Is.EqualTo([3, 1, 0, 2]));
        Assert.That(RankedBatch.Select(phi, 1, rows, TestData.Matrix([0, 0], 2)), Is.EqualTo([3]));
        // Four candidates and one label: α = 4/5.
        double[] ranked = [.. phi.Select((u, i) => (0.8 * (1 - Similarity.InverseDistance.Between([rows.Row(i)[0], rows.Row(i)[1]], [0, 0]))) + (0.2 * u))];
        Close.Check(ranked, [0.06, 0.48, 0.44, 0.838881], Close.SixDecimals);
        InformationDensity.ComputeDensity(rows.Slice(3, 1), density.AsSpan(0, 1));
        Close.Check(density[0], 1, what: "of a pool of one");
    }

    [Test]
    public void C6_epsilon_greedy_takes_the_top_and_the_rest_at_random()
    {
        double[] scores = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        int[] batch = EpsilonGreedy.Select(scores, 20, 0.05, new RandomStream(3));
        Assert.That(batch[..19], Is.EqualTo(Enumerable.Range(31, 19).Reverse()));
        Assert.That(batch[19], Is.LessThan(31));
    }

    private static void InMemory(double[] samples, int sampleCount, int classCount, out QueryContext context)
    {
        int rows = samples.Length / sampleCount / classCount;
        Datasets.InMemoryDataset dataset = TestData.Classification(TestData.Rows(rows), classCount);
        var model = new SamplesOnly(new PosteriorClassSamples(samples, sampleCount, classCount));
        context = new QueryContext(DatasetView.All(dataset), new DatasetView(dataset, Array.Empty<int>()), model, new RandomStream(1));
    }

    private static void CheckRows(RowScores compute, double[] expected, int[] order)
    {
        var scores = new double[4];
        compute(Unc, 3, scores);
        Close.Check(scores, expected, Close.SixDecimals);
        Assert.That(TopK.Select(scores, 4), Is.EqualTo(order));
    }

    private static void Scaled(RowScores compute, double factor, ReadOnlySpan<double> values, int width, Span<double> scores)
    {
        compute(values, width, scores);
        System.Numerics.Tensors.TensorPrimitives.Multiply(scores, factor, scores);
    }

    private static double[] Samples(SampleScores compute)
    {
        var scores = new double[3];
        compute(Bald, 2, 2, scores);
        return scores;
    }

    private static void CheckSamples(SampleScores compute, double[] expected, string what)
    {
        Close.Check(Samples(compute), expected, Close.SixDecimals, what);
    }

    private static void CheckWeights(double[] logWeights, double[] expected)
    {
        double[] weights = Array.ConvertAll(logWeights, Math.Exp);
        double sum = weights.Sum();
        Close.Check(Array.ConvertAll(weights, w => w / sum), expected, Close.SixDecimals);
    }

    private sealed class SamplesOnly(PosteriorClassSamples samples) : Models.IPosteriorClassSampler
    {
        public int SampleCount => samples.SampleCount;

        public bool Consistent => true;

        public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) => samples;
    }
}
