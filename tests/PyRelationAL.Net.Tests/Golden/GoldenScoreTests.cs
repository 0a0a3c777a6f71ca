using System.Text.Json;
using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Tests;

/// <summary>Every static score function against numpy, scipy and scikit-learn (<c>generate.py</c>).</summary>
public sealed class GoldenScoreTests
{
    private delegate void SampleScore(ReadOnlySpan<double> samples, int sampleCount, int classCount, Span<double> scores);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Scores_of_class_probabilities(int index)
    {
        JsonElement golden = GoldenData.Section("probabilities")[index];
        double[] p = golden.Numbers("probabilities");
        int classCount = golden.Integer("classCount");
        var scores = new double[p.Length / classCount];

        LeastConfidence.Compute(p, classCount, scores);
        Close.Check(scores, golden.Numbers("leastConfidence"), what: "least confidence");
        MarginConfidence.Compute(p, classCount, scores);
        Close.Check(scores, golden.Numbers("margin"), what: "margin");
        RatioConfidence.Compute(p, classCount, scores);
        Close.Check(scores, golden.Numbers("ratio"), what: "ratio");
        Entropy.Compute(p, classCount, scores);
        Close.Check(scores, golden.Numbers("entropy"), what: "entropy");
        Entropy.Compute(p, classCount, scores, normalised: true);
        Close.Check(scores, golden.Numbers("normalisedEntropy"), what: "normalised entropy");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Scores_of_posterior_samples(int index)
    {
        JsonElement golden = GoldenData.Section("samples")[index];
        double[] q = golden.Numbers("samples");
        int s = golden.Integer("sampleCount"), c = golden.Integer("classCount");

        void Check(SampleScore score, string name)
        {
            var scores = new double[q.Length / s / c];
            score(q, s, c, scores);
            Close.Check(scores, golden.Numbers(name), what: name);
        }

        Check(ClassificationBald.Compute, "bald");
        Check(ConsensusEntropy.Compute, "consensusEntropy");
        Check(MeanStandardDeviation.Compute, "meanStandardDeviation");
        Check(VoteEntropy.Compute, "voteEntropy");
        Check(VariationRatio.Compute, "variationRatio");
        Check(MaxDisagreement.Compute, "maxDisagreement");
        Check(MeanDisagreement.Compute, "meanDisagreement");
        Close.Check(new Predictions.PosteriorClassSamples(q, s, c).Mean().Values, golden.Numbers("mean"), what: "mean");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2, Description = "z = 5, 0, −3, −5, −20, −35")]
    public void Scores_of_gaussians(int index)
    {
        JsonElement golden = GoldenData.Section("gaussians")[index];
        double[] mean = golden.Numbers("mean"), deviation = golden.Numbers("standardDeviation");
        double best = golden.Number("best"), xi = golden.Number("xi");
        var scores = new double[mean.Length];

        ExpectedImprovement.Compute(mean, deviation, best, scores, xi);
        CheckRelatively(scores, golden.Numbers("expectedImprovement"), 1e-11);
        ProbabilityOfImprovement.Compute(mean, deviation, best, scores, xi);
        CheckRelatively(scores, golden.Numbers("probabilityOfImprovement"), 1e-11);
        UpperConfidenceBound.Compute(mean, deviation, scores, golden.Number("kappa"));
        Close.Check(scores, golden.Numbers("upperConfidenceBound"), what: "upper confidence bound");
        RegressionBald.Compute(deviation, scores, golden.Number("noiseVariance"));
        CheckRelatively(scores, golden.Numbers("bald"), 1e-12);
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Scores_of_value_samples(int index)
    {
        JsonElement golden = GoldenData.Section("valueSamples")[index];
        double[] r = golden.Numbers("samples");
        int s = golden.Integer("sampleCount");
        var scores = new double[r.Length / s];

        PredictedMean.Compute(r, s, scores);
        Close.Check(scores, golden.Numbers("mean"), what: "mean");
        StandardDeviation.Compute(r, s, scores);
        Close.Check(scores, golden.Numbers("standardDeviation"), what: "standard deviation");
        ExpectedImprovement.ComputeFromSamples(r, s, golden.Number("best"), scores, golden.Number("xi"));
        Close.Check(scores, golden.Numbers("expectedImprovement"), what: "expected improvement");
    }

    [Test]
    public void Normal_distribution_in_both_tails()
    {
        JsonElement golden = GoldenData.Section("normal");
        double[] z = golden.Numbers("z"), logCumulative = golden.Numbers("logCumulative"), logExcess = golden.Numbers("logExcess");
        Assert.Multiple(() =>
        {
            for (int i = 0; i < z.Length; i++)
            {
                // An error of 1e-12 in a logarithm of −700 is the input's own rounding: exp magnifies it.
                double tolerance = 1e-13 * Math.Max(10, z[i] * z[i]);
                Assert.That(Close.AreRelatively(Normal.Cumulative(z[i]), Math.Exp(logCumulative[i]), tolerance), $"Φ({z[i]:R}) = {Normal.Cumulative(z[i]):R}");
                Assert.That(
                    Close.AreRelatively(Normal.ExpectedExcess(z[i]), Math.Exp(logExcess[i]), 10 * tolerance),
                        $"excess({z[i]:R}) = {Normal.ExpectedExcess(z[i]):R}");
            }
        });
    }

    [TestCase("euclidean")]
    [TestCase("squaredEuclidean")]
    [TestCase("manhattan")]
    [TestCase("chebyshev")]
    [TestCase("cosine")]
    public void Relative_distance_under_every_metric(string name)
    {
        JsonElement golden = GoldenData.Section("distances");
        int columns = golden.Integer("columns");
        FeatureMatrix candidates = TestData.Matrix(golden.Numbers("candidates"), columns);
        DistanceMetric metric = name switch
        {
            "euclidean" => DistanceMetric.Euclidean,
            "squaredEuclidean" => DistanceMetric.SquaredEuclidean,
            "manhattan" => DistanceMetric.Manhattan,
            "chebyshev" => DistanceMetric.Chebyshev,
            _ => DistanceMetric.Cosine,
        };
        var scores = new double[candidates.RowCount];
        RelativeDistance.Compute(candidates, TestData.Matrix(golden.Numbers("references"), columns), scores, metric);
        Close.Check(scores, golden.Numbers(name), what: name);
    }

    [Test]
    public void Density_under_every_similarity()
    {
        JsonElement golden = GoldenData.Section("density");
        FeatureMatrix rows = TestData.Matrix(golden.Numbers("rows"), golden.Integer("columns"));
        var densities = new double[rows.RowCount];
        InformationDensity.ComputeDensity(rows, densities);
        Close.Check(densities, golden.Numbers("inverseDistance"), what: "inverse distance");
        InformationDensity.ComputeDensity(rows, densities, Similarity.RadialBasis(0.7));
        Close.Check(densities, golden.Numbers("radialBasis"), what: "radial basis");
        InformationDensity.ComputeDensity(rows, densities, Similarity.Cosine);
        Close.Check(densities, golden.Numbers("cosine"), what: "cosine");
    }

    [Test]
    public void Ranked_batch_mode_picks_as_the_naive_algorithm_does()
    {
        JsonElement golden = GoldenData.Section("density");
        int columns = golden.Integer("columns");
        int[] expected = golden.Integers("rankedBatch");
        int[] picks = RankedBatch.Select(
            golden.Numbers("scores"), expected.Length, TestData.Matrix(golden.Numbers("rows"), columns), TestData.Matrix(golden.Numbers("labelled"), columns));
        Assert.That(picks, Is.EqualTo(expected));
    }

    [TestCase(Normalisation.MinMax, "minMax")]
    [TestCase(Normalisation.ZScore, "zScore")]
    [TestCase(Normalisation.Rank, "rank")]
    public void Normalisation_of_scores_with_ties(Normalisation normalisation, string name)
    {
        JsonElement golden = GoldenData.Section("normalisation");
        Close.Check(Normalised.Compute(golden.Numbers("scores"), normalisation), golden.Numbers(name), what: name);
    }

    [TestCase(10)]
    [TestCase(100_000)]
    public void Equal_scores_have_no_spread(int count)
    {
        double[] scores = [.. Enumerable.Repeat(0.3, count)];
        Assert.That(Normalised.Compute(scores, Normalisation.ZScore), Is.All.Zero);
        Assert.That(Normalised.Compute(scores, Normalisation.MinMax), Is.All.Zero);
    }

    private static void CheckRelatively(ReadOnlySpan<double> actual, double[] expected, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.That(Close.AreRelatively(actual[i], expected[i], tolerance), $"[{i}] is {actual[i]:R}, expected {expected[i]:R}");
        }
    }
}
