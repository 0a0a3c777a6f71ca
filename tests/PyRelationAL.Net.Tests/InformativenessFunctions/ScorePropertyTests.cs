using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Identities, bounds and limits, on random predictions that FsCheck seeds and shrinks.</summary>
public sealed class ScorePropertyTests
{
    private static readonly Arbitrary<int> Seeds = ArbMap.Default.ArbFor<int>();

    private delegate void SampleScore(ReadOnlySpan<double> samples, int sampleCount, int classCount, Span<double> scores);

    [Test]
    public void Bald_is_the_mean_divergence_and_lies_between_0_and_the_log_of_min_S_C() => ForSamples((q, s, c) =>
    {
        double[] bald = Score(ClassificationBald.Compute, q, s, c), divergence = Score(MeanDisagreement.Compute, q, s, c);
        return bald.Zip(divergence).All(p => Close.Are(p.First, p.Second, 1e-11)) &&
            bald.All(b => b >= -1e-12 && b <= Math.Log(Math.Min(s, c)) + 1e-12);
    });

    [Test]
    public void Bald_is_that_of_plain_loops([Values(2, 3, 4, 7, 20)] int s, [Values(1, 2, 3, 10, 17, 1500)] int c, [Values(1, 131, 700)] int n)
    {
        // Rows beyond a chunk, members beyond a multiple of four, classes beyond a vector; some probabilities are 0.
        var random = new RandomStream(s + c + n);
        n = Math.Min(n, 400_000 / c / s);
        var q = new double[s * n * c];
        for (int row = 0; row < s * n; row++)
        {
            Span<double> p = q.AsSpan(row * c, c);
            for (int j = 0; j < c; j++)
            {
                p[j] = j > 0 && random.NextInt32(4) == 0 ? 0 : random.NextDouble() + 1e-3;
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(p, System.Numerics.Tensors.TensorPrimitives.Sum<double>(p), p);
        }

        double[] scores = Score(ClassificationBald.Compute, q, s, c);
        for (int i = 0; i < n; i++)
        {
            double expected = 0;
            for (int j = 0; j < c; j++)
            {
                double mean = 0;
                for (int m = 0; m < s; m++)
                {
                    double p = q[(((m * n) + i) * c) + j];
                    mean += p / s;
                    expected += p > 0 ? p * Math.Log(p) / s : 0;
                }

                expected -= mean > 0 ? mean * Math.Log(mean) : 0;
            }

            Assert.That(scores[i], Is.EqualTo(expected).Within(1e-13));
        }
    }

    [Test]
    public void Consensus_entropy_is_bald_plus_the_expected_entropy() => ForSamples((q, s, c) =>
    {
        int rows = q.Length / s / c;
        var expected = Score(ClassificationBald.Compute, q, s, c);
        for (int m = 0; m < s; m++)
        {
            var h = new double[rows];
            Entropy.Compute(q.AsSpan(m * rows * c, rows * c), c, h);
            for (int i = 0; i < rows; i++)
            {
                expected[i] += h[i] / s;
            }
        }

        return Score(ConsensusEntropy.Compute, q, s, c).Zip(expected).All(p => Close.Are(p.First, p.Second, 1e-11));
    });

    [Test]
    public void Committee_scores_keep_to_their_ranges() => ForSamples((q, s, c) =>
        Score(VoteEntropy.Compute, q, s, c).All(v => v >= 0 && v <= Math.Log(Math.Min(s, c)) + 1e-12) &&
        Score(VariationRatio.Compute, q, s, c).All(v => v >= 0 && v <= 1 - (1.0 / Math.Min(s, c)) + 1e-12) &&
        Score(MeanStandardDeviation.Compute, q, s, c).All(v => v is >= 0 and <= 0.5) &&
        Score(MaxDisagreement.Compute, q, s, c).Zip(Score(MeanDisagreement.Compute, q, s, c)).All(p => p.First >= p.Second - 1e-12));

    [Test]
    public void Identical_members_do_not_disagree() => ForSamples((q, s, c) =>
    {
        int size = q.Length / s;
        double[] same = [.. Enumerable.Range(0, s).SelectMany(_ => q.Take(size))];
        return new SampleScore[] { ClassificationBald.Compute, MeanStandardDeviation.Compute, VoteEntropy.Compute,
            VariationRatio.Compute, MaxDisagreement.Compute, MeanDisagreement.Compute }
            .All(score => Score(score, same, s, c).All(v => Math.Abs(v) < 1e-12));
    });

    [Test]
    public void The_order_of_the_members_does_not_matter() => ForSamples((q, s, c) =>
    {
        int size = q.Length / s;
        double[] reversed = [.. Enumerable.Range(0, s).Reverse().SelectMany(m => q.Skip(m * size).Take(size))];
        return new SampleScore[] { ClassificationBald.Compute, MeanStandardDeviation.Compute, VoteEntropy.Compute,
            VariationRatio.Compute, MaxDisagreement.Compute, ConsensusEntropy.Compute }
            .All(score => Score(score, q, s, c).Zip(Score(score, reversed, s, c)).All(p => Close.Are(p.First, p.Second)));
    });

    [Test]
    public void Normalised_scores_of_one_model_lie_in_the_unit_interval_and_agree_at_both_ends() => ForSamples((q, s, c) =>
    {
        var scores = new double[q.Length / c];
        foreach (Action<double[]> compute in new Action<double[]>[]
        {
            x => LeastConfidence.Compute(q, c, x), x => MarginConfidence.Compute(q, c, x), x => RatioConfidence.Compute(q, c, x),
                x => Entropy.Compute(q, c, x, normalised: true),
        })
        {
            compute(scores);
            if (!scores.All(v => v is >= 0 and <= 1))
            {
                return false;
            }
        }

        return true;
    });

    [Test]
    public void One_hot_rows_score_exactly_0_and_uniform_rows_1([Values(2, 3, 7)] int classCount)
    {
        double[] p = new double[2 * classCount];
        p[classCount - 1] = 1;
        Array.Fill(p, 1.0 / classCount, classCount, classCount);
        var scores = new double[2];
        LeastConfidence.Compute(p, classCount, scores);
        Assert.That(scores[0], Is.Zero);
        Close.Check(scores[1], 1);
        MarginConfidence.Compute(p, classCount, scores);
        Assert.That(scores, Is.EqualTo([0.0, 1.0]));
        RatioConfidence.Compute(p, classCount, scores);
        Assert.That(scores, Is.EqualTo([0.0, 1.0]));
        Entropy.Compute(p, classCount, scores, normalised: true);
        Assert.That(scores[0], Is.Zero);
        Close.Check(scores[1], 1);
    }

    [Test]
    public void Uniform_rows_in_single_precision_stay_within_1([Range(2, 40)] int classCount)
    {
        foreach (float p in new[] { 1f / classCount, MathF.BitDecrement(1f / classCount), MathF.BitIncrement(1f / classCount) })
        {
            double[] row = [.. Enumerable.Repeat((double)p, classCount)];
            var scores = new double[1];
            LeastConfidence.Compute(row, classCount, scores);
            Assert.That(scores[0], Is.LessThanOrEqualTo(1));
            Entropy.Compute(row, classCount, scores, normalised: true);
            Assert.That(scores[0], Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void With_one_class_everything_is_0()
    {
        double[] scores = [9, 9];
        LeastConfidence.Compute([1, 1], 1, scores);
        Assert.That(scores, Is.All.Zero);
        scores = [9, 9];
        MarginConfidence.Compute([1, 1], 1, scores);
        Assert.That(scores, Is.All.Zero);
        scores = [9, 9];
        RatioConfidence.Compute([1, 1], 1, scores);
        Assert.That(scores, Is.All.Zero);
        scores = [9, 9];
        Entropy.Compute([1, 1], 1, scores, normalised: true);
        Assert.That(scores, Is.All.Zero);
    }

    [Test]
    public void Variation_ratio_counts_votes_and_not_probabilities()
    {
        // Three members lean to class 0 by a hair: no vote is against it, though the mean is 0.51.
        var scores = new double[1];
        VariationRatio.Compute([0.51, 0.49, 0.51, 0.49, 0.51, 0.49], 3, 2, scores);
        Assert.That(scores[0], Is.Zero);
        VariationRatio.Compute([0.51, 0.49, 0.49, 0.51, 0.51, 0.49], 3, 2, scores);
        Close.Check(scores[0], 1.0 / 3);
    }

    [Test]
    public void Expected_improvement_falls_with_xi_rises_with_sigma_and_bounds_the_gain() => Prop.ForAll(Seeds, seed =>
    {
        var random = new RandomStream(seed);
        double[] mean = [.. Enumerable.Range(0, 20).Select(_ => 3 * random.NextGaussian())];
        double[] deviation = [.. Enumerable.Range(0, 20).Select(_ => Math.Exp(3 * random.NextGaussian()))];
        double[] little = new double[20], much = new double[20], wide = new double[20];
        ExpectedImprovement.Compute(mean, deviation, 0.5, little, xi: 0.1);
        ExpectedImprovement.Compute(mean, deviation, 0.5, much, xi: 0.3);
        ExpectedImprovement.Compute(mean, [.. deviation.Select(d => 1.5 * d)], 0.5, wide, xi: 0.1);
        return Enumerable.Range(0, 20).All(i =>
            much[i] <= little[i] + 1e-15 && little[i] <= wide[i] + 1e-12 && little[i] >= Math.Max(0, mean[i] - 0.6) - 1e-12);
    }).Holds();

    [TestCase(1.0)]
    [TestCase(-1.0)]
    [TestCase(0.0)]
    public void Expected_improvement_without_deviation_is_the_gain(double gain)
    {
        foreach (double sigma in new[] { 0, double.Epsilon, 1e-310, 1e-300, 1e-200, 1e-30 })
        {
            var scores = new double[1];
            ExpectedImprovement.Compute([gain], [sigma], 0, scores, xi: 0);
            Close.Check(scores[0], Math.Max(gain, 0), what: $"σ = {sigma}");
        }
    }

    [Test]
    public void Hopeless_candidates_still_rank()
    {
        double[] mean = [-35, -20, -36, -10];
        var scores = new double[4];
        ExpectedImprovement.Compute(mean, [1, 1, 1, 1], 0, scores, xi: 0);
        Assert.That(scores, Is.All.Positive);
        Assert.That(SelectionCriteria.TopK.Select(scores, 4), Is.EqualTo([3, 1, 0, 2]));
    }

    [Test]
    public void Probability_of_improvement_at_the_incumbent_is_a_half_and_without_deviation_a_step()
    {
        var scores = new double[4];
        ProbabilityOfImprovement.Compute([1, 1, 1.1, 0.9], [2, 0, 0, 0], 1, scores);
        Close.Check(scores, [0.5, 0, 1, 0]);
    }

    [Test]
    public void Regression_bald_keeps_the_digits_of_small_variances()
    {
        var scores = new double[2];
        RegressionBald.Compute([1e-9, 1e-3], scores);
        Assert.That(Close.AreRelatively(scores[0], 5e-19, 1e-14));
        Assert.That(Close.AreRelatively(scores[1], 4.9999975000016666e-7, 1e-14));
    }

    [Test]
    public void Static_functions_refuse_what_is_no_distribution() => Assert.Multiple(() =>
    {
        void Refused(double[] row, string part)
        {
            Assert.That(() => Entropy.Compute(row, row.Length, new double[1]), Throws.ArgumentException.With.Message.Contains(part));
            Assert.That(() => ClassificationBald.Compute([.. row, .. row], 2, row.Length, new double[1]), Throws.ArgumentException.With.Message.Contains(part));
        }

        Refused([double.NaN, 1], "row 0, class 0");
        Refused([0.5, double.PositiveInfinity], "class 1");
        Refused([-0.1, 1.1], "class 0 is -0.1");
        Refused([0.5, 0.6], "sums to 1.1");
        Refused([2.0, -1.0], "class 1");
        Assert.That(() => Entropy.Compute([0.5, 0.5], 2, new double[2]), Throws.ArgumentException, "wrong length");
        Assert.That(() => Entropy.Compute([], 0, []), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => VoteEntropy.Compute([0.5, 0.5], 1, 2, new double[1]), Throws.ArgumentException.With.Message.Contains("at least two"));
        Assert.That(() => ExpectedImprovement.Compute([double.NaN], [1], 0, new double[1]), Throws.ArgumentException);
        Assert.That(() => ExpectedImprovement.Compute([0], [-1], 0, new double[1]), Throws.ArgumentException.With.Message.Contains("must not be negative"));
        Assert.That(() => ExpectedImprovement.Compute([0], [double.NaN], 0, new double[1]), Throws.ArgumentException);
        Assert.That(
            () => ExpectedImprovement.Compute([0], [1], double.NaN, new double[1]),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("best"));
        Assert.That(() => ExpectedImprovement.Compute([0], [1], 0, new double[1], xi: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => UpperConfidenceBound.Compute([0], [1], new double[1], kappa: double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => RegressionBald.Compute([1], new double[1], noiseVariance: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => PredictedMean.Compute([1, double.NegativeInfinity], 1, new double[2]),
            Throws.ArgumentException.With.Message.Contains("row 0, column 1"));
        Assert.That(() => Normalised.Compute([1, double.NaN], Normalisation.Rank), Throws.ArgumentException);
        Assert.That(
            () => RelativeDistance.Compute(TestData.Rows(2, 3), TestData.Rows(2, 4), new double[2]),
            Throws.ArgumentException.With.Message.Contains("columns"));
    });

    [Test]
    public void Rounding_just_below_zero_is_zero()
    {
        var scores = new double[1];
        Entropy.Compute([1 + 1e-9, -1e-9], 2, scores);
        Assert.That(scores[0], Is.Zero);
        MarginConfidence.Compute([1 + 1e-9, -1e-9], 2, scores);
        Assert.That(scores[0], Is.Zero);
    }

    [Test]
    public void Scores_of_a_round_are_those_of_the_static_functions_beyond_one_block()
    {
        // More candidates than a block of any of these has.
        Datasets.InMemoryDataset dataset = TestData.Regression(TestData.Rows(700));
        QueryContext context = Rounds.Over(dataset, new FakeGaussian());
        var expected = new double[context.Pool.Count];
        RelativeDistance.Compute(context.Pool.Features, context.Labelled.Features, expected);
        Assert.That(context.Score(new RelativeDistance()), Is.EqualTo(expected));
        InformationDensity.ComputeDensity(context.Pool.Features, expected);
        Assert.That(
            context.Score(new InformationDensity(Informativeness.Of(Requirements.None, c => [.. Enumerable.Repeat(1.0, c.Pool.Count)]))),
            Is.EqualTo(expected));

        QueryContext classes = Rounds.Over(TestData.Classification(TestData.Rows(5000), 3), new FakeClassifier());
        expected = new double[classes.Pool.Count];
        MarginConfidence.Compute(classes.ClassProbabilities.Values, 3, expected);
        Assert.That(classes.Score(new MarginConfidence()), Is.EqualTo(expected));
    }

    [Test]
    public void Thompson_draws_have_the_predicted_moments()
    {
        const int Draws = 20_000;
        double[] mean = [.. Enumerable.Repeat(3.0, Draws)], deviation = [.. Enumerable.Repeat(2.0, Draws)], scores = new double[Draws];
        ThompsonSampling.Compute(mean, deviation, new RandomStream(4), scores);

        // Four standard errors at a fixed seed.
        Assert.That(scores.Average(), Is.EqualTo(3).Within(4 * 2 / Math.Sqrt(Draws)));
        Assert.That(scores.Select(s => (s - 3) * (s - 3)).Average(), Is.EqualTo(4).Within(4 * 4 * Math.Sqrt(2.0 / Draws)));

        double[] samples = [.. Enumerable.Repeat(1.0, Draws), .. Enumerable.Repeat(2.0, Draws)];
        ThompsonSampling.ComputeFromSamples(samples, 2, new RandomStream(4), scores);
        Assert.That(scores.Average(), Is.EqualTo(1.5).Within(4 * 0.5 / Math.Sqrt(Draws)));
    }

    private static void ForSamples(Func<double[], int, int, bool> property) => Prop.ForAll(Seeds, seed =>
    {
        var random = new RandomStream(seed);
        int s = 2 + random.NextInt32(5), c = 2 + random.NextInt32(4), rows = 1 + random.NextInt32(6);
        var q = new double[s * rows * c];
        for (int start = 0; start < q.Length; start += c)
        {
            // A third of the values is exactly 0, as saturated softmax outputs are.
            double sum = 0;
            for (int i = start; i < start + c; i++)
            {
                q[i] = random.NextInt32(3) == 0 ? 0 : -Math.Log(random.NextOpenDouble());
                sum += q[i];
            }

            q[start] += sum == 0 ? 1 : 0;
            sum += sum == 0 ? 1 : 0;
            for (int i = start; i < start + c; i++)
            {
                q[i] /= sum;
            }
        }

        return property(q, s, c);
    }).Holds();

    private static double[] Score(SampleScore score, double[] q, int s, int c)
    {
        var scores = new double[q.Length / s / c];
        score(q, s, c, scores);
        return scores;
    }
}
