using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Tests;

public sealed class SelectionPrimitiveTests
{
    [Test]
    public void A_ranked_batch_can_be_cancelled() => Assert.That(
        () => Selection.RankedBatch().Select(
            new double[20], 5, Rounds.Over(TestData.Regression(TestData.Rows(24)), null, cancellationToken: new CancellationToken(canceled: true))),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Top_positions_equal_a_full_stable_sort_with_many_ties() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        values =>
        {
            double[] keys = [.. values.Select(v => (double)(v % 4))];
            int[] sorted = [.. Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i])];
            return Enumerable.Range(0, keys.Length + 1).All(count => TopPositions.Of(keys, count).SequenceEqual(sorted.Take(count)));
        }).Holds();

    [Test]
    public void Top_positions_of_a_large_input_with_infinities_and_signed_zeros()
    {
        var random = new RandomStream(3);
        double[] keys = [.. Enumerable.Range(0, 5000).Select(_ => random.NextInt32(4) switch
        {
            0 => double.NegativeInfinity,
            1 => -0.0,
            2 => 0.0,
            _ => random.NextInt32(50),
        })];
        int[] sorted = [.. Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i] + 0.0)];
        foreach (int count in new[] { 0, 1, 17, 2500, 5000 })
        {
            Assert.That(TopPositions.Of(keys, count), Is.EqualTo(sorted.Take(count)));
        }
    }

    [TestCase(1.0, 2.0, 3.0, 4.0)]
    [TestCase(0.01, 0.01, 0.01, 10.0)]
    [TestCase(1.0, 1.0, 1.0, 1.0)]
    public void Gumbel_top_k_draws_ordered_pairs_with_their_exact_probabilities(double a, double b, double c, double d)
    {
        const int Draws = 40_000;
        double[] weights = [a, b, c, d];
        double[] logWeights = Array.ConvertAll(weights, Math.Log);
        var counts = new double[16];
        var random = new RandomStream(23);
        for (int i = 0; i < Draws; i++)
        {
            int[] pair = WeightedSampling.WithoutReplacement(logWeights, 2, random);
            counts[(4 * pair[0]) + pair[1]]++;
        }

        double total = weights.Sum();
        var observed = new List<double>();
        var expected = new List<double>();
        double rareObserved = 0, rareExpected = 0;
        for (int first = 0; first < 4; first++)
        {
            for (int second = 0; second < 4; second++)
            {
                if (first == second)
                {
                    Assert.That(counts[(4 * first) + second], Is.Zero);
                    continue;
                }

                double e = Draws * weights[first] / total * weights[second] / (total - weights[first]);
                if (e < 5)
                {
                    rareExpected += e;
                    rareObserved += counts[(4 * first) + second];
                    continue;
                }

                expected.Add(e);
                observed.Add(counts[(4 * first) + second]);
            }
        }

        if (rareExpected > 0)
        {
            expected.Add(rareExpected);
            observed.Add(rareObserved);
        }

        Assert.That(ChiSquare.Statistic(observed, expected), Is.LessThan(ChiSquare.Critical(expected.Count - 1)));
    }

    [Test]
    public void Zero_weights_come_last_and_uniformly()
    {
        double[] scores = [0, 0.5, 0, 0, 0.5];
        var counts = new double[5];
        for (int seed = 0; seed < 3000; seed++)
        {
            int[] batch = PowerSampling.Select(scores, 3, 1, new RandomStream(seed));
            Assert.That(batch[..2], Is.EquivalentTo([1, 4]));
            counts[batch[2]]++;
        }

        Assert.That(ChiSquare.Statistic([counts[0], counts[2], counts[3]], [1000, 1000, 1000]), Is.LessThan(ChiSquare.Critical(2)));
    }

    [Test]
    public void Negative_scores_count_as_zero_and_all_zeros_are_drawn_uniformly()
    {
        Assert.That(PowerSampling.Select([-5, 1, -2], 1, 1, new RandomStream(1)), Is.EqualTo([1]));
        var counts = new double[3];
        for (int seed = 0; seed < 3000; seed++)
        {
            counts[ProbabilisticSampling.Select([0, -1, 0], 1, new RandomStream(seed))[0]]++;
        }

        Assert.That(ChiSquare.Statistic(counts, [1000, 1000, 1000]), Is.LessThan(ChiSquare.Critical(2)));
    }

    [Test]
    public void A_large_beta_is_top_k_and_beta_zero_ignores_the_scores()
    {
        double[] scores = [0.1, 0.9, 0.5, 0.7];
        Assert.That(PowerSampling.Select(scores, 4, 1e6, new RandomStream(1)), Is.EqualTo([1, 3, 2, 0]));
        Assert.That(SoftmaxSampling.Select(scores, 4, 1e6, new RandomStream(1)), Is.EqualTo([1, 3, 2, 0]));
        Assert.That(SoftRankSampling.Select(scores, 4, 1e6, new RandomStream(1)), Is.EqualTo([1, 3, 2, 0]));
        Assert.That(SoftmaxSampling.Select(scores, 4, 0, new RandomStream(1)), Is.EqualTo(SoftmaxSampling.Select([3, 1, 2, 0], 4, 0, new RandomStream(1))));
    }

    [Test]
    public void Probabilistic_sampling_is_power_sampling_with_beta_one()
    {
        double[] scores = [0.1, 0.9, 0.5, 0.7, 0];
        Assert.That(ProbabilisticSampling.Select(scores, 3, new RandomStream(8)), Is.EqualTo(PowerSampling.Select(scores, 3, 1, new RandomStream(8))));
    }

    [TestCase(1, 0.05)]
    [TestCase(3, 0.3)]
    [TestCase(20, 0.05)]
    [TestCase(10, 0.25)]
    public void Epsilon_greedy_explores_the_expected_share(int count, double epsilon)
    {
        double[] scores = [.. Enumerable.Range(0, 100).Select(i => -(double)i)];
        const int Runs = 20_000;
        long explored = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            explored += EpsilonGreedy.Select(scores, count, epsilon, new RandomStream(seed)).Where((position, k) => position != k).Count();
        }

        // A random draw can also hit the next best candidate, with probability below 1/80: the interval is widened by that, and by four standard errors.
        double expected = epsilon * count;
        Assert.That((double)explored / Runs, Is.InRange((expected * (1 - (1.0 / 80))) - (4 * 0.5 / Math.Sqrt(Runs)), expected + (4 * 0.5 / Math.Sqrt(Runs))));
    }

    [Test]
    public void Epsilon_zero_is_top_k_and_epsilon_one_is_random()
    {
        double[] scores = [0.1, 0.9, 0.5, 0.7];
        Assert.That(EpsilonGreedy.Select(scores, 3, 0, new RandomStream(1)), Is.EqualTo([1, 3, 2]));
        int[] first = [.. Enumerable.Range(0, 200).Select(seed => EpsilonGreedy.Select(scores, 1, 1, new RandomStream(seed))[0])];
        Assert.That(first.Distinct(), Is.EquivalentTo([0, 1, 2, 3]));
    }

    [Test]
    public void Random_ties_reach_every_tied_candidate_and_never_a_worse_one()
    {
        var firsts = new HashSet<int>();
        for (int seed = 0; seed < 100; seed++)
        {
            int[] top = new TopK(TieBreaking.Random).Select([1, 0, 1, 1], 3, Rounds.Of(TaskKinds.Regression, 4, seed));
            Assert.That(top, Is.EquivalentTo([0, 2, 3]));
            firsts.Add(top[0]);
        }

        Assert.That(firsts, Is.EquivalentTo([0, 2, 3]));
    }

    [Test]
    public void Settings_out_of_range_are_refused() => Assert.Multiple(() =>
    {
        foreach (double bad in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.That(() => new PowerSampling(bad), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("beta"));
            Assert.That(() => new SoftmaxSampling(bad), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SoftRankSampling(bad), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new EpsilonGreedy(bad), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 1]"));
        }

        Assert.That(() => new EpsilonGreedy(1.01), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RandomSubPool(new TopK(), 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RandomSubPool(null!, 1), Throws.ArgumentNullException);
    });

    [Test]
    public void Ranked_batch_refuses_scores_outside_the_unit_interval_and_rows_of_another_width()
    {
        FeatureMatrix rows = TestData.Rows(3), labelled = TestData.Rows(2), narrow = TestData.Rows(2, 2);
        Assert.That(
            () => RankedBatch.Select([0, 1.1, 0], 1, rows, labelled), Throws.ArgumentException.With.Message.Contains("candidate 1")
                .And.Message.Contains("Normalise"));
        Assert.That(() => RankedBatch.Select([0, -0.1, 0], 1, rows, labelled), Throws.ArgumentException);
        Assert.That(() => RankedBatch.Select([0, 1, 0], 1, rows, narrow), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => RankedBatch.Select([0, 1], 1, rows, labelled), Throws.ArgumentException);
    }

    [Test]
    public void Ranked_batch_avoids_the_duplicate_of_what_it_just_took()
    {
        FeatureMatrix rows = TestData.Matrix([0, 0, 0, 0, 9, 9], 2);
        Assert.That(RankedBatch.Select([0.9, 0.9, 0.8], 2, rows, TestData.Matrix([20, 20], 2)), Is.EqualTo([0, 2]));
    }

    [Test]
    public void A_ranked_batch_is_that_of_comparing_all([Values(0, 1, 40)] int labelledCount, [Values(1, 2, 9)] int columns, [Values] bool ties)
    {
        var random = new RandomStream(columns);
        FeatureMatrix plain = TestData.Rows(1300, columns, 3);
        FeatureMatrix rows = ties ? new FeatureMatrix(plain.Values.ToArray().Select(v => MathF.Round(v)).ToArray(), 1300, columns) : plain;
        FeatureMatrix labelled = labelledCount == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : TestData.Rows(labelledCount, columns, 4);
        double[] scores = [.. Enumerable.Range(0, 1300).Select(_ => ties ? random.NextInt32(3) / 2.0 : random.NextDouble())];
        foreach (Similarity similarity in new[] { Similarity.InverseDistance, Similarity.RadialBasis(0.5), Similarity.Cosine })
        {
            int[] batch = RankedBatch.Select(scores, 150, rows, labelled, similarity);
            Assert.That(batch, Is.EqualTo(NaiveRankedBatch(scores, batch.Length, rows, labelled, similarity)));
        }
    }

    [Test]
    public void A_random_sub_pool_applies_the_criterion_to_a_subset()
    {
        double[] scores = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        int[][] batches = [.. Enumerable.Range(0, 50)
            .Select(seed => new RandomSubPool(new TopK(), 10).Select(scores, 2, Rounds.Of(TaskKinds.Regression, 50, seed)))];
        Assert.That(batches, Is.All.Ordered.Descending);
        Assert.That(batches.Select(b => b[0]).Distinct().Count(), Is.GreaterThan(5));
        Assert.That(new RandomSubPool(new TopK(), 50).Select(scores, 2, Rounds.Of(TaskKinds.Regression, 50)), Is.EqualTo([49, 48]));
    }

    private static int[] NaiveRankedBatch(double[] scores, int count, FeatureMatrix candidates, FeatureMatrix labelled, Similarity similarity)
    {
        RowBuffer rows = new(candidates), known = new(labelled);
        var nearest = new double[scores.Length];
        var batch = new List<int>();
        for (int l = 0; l < known.Count; l++)
        {
            Approach(known[l]);
        }

        while (batch.Count < count)
        {
            int left = scores.Length - batch.Count;
            double alpha = (double)left / (left + known.Count + batch.Count);
            int best = Enumerable.Range(0, scores.Length).Except(batch).MaxBy(i => (alpha * (1 - nearest[i])) + ((1 - alpha) * scores[i]));
            batch.Add(best);
            Approach(rows[best]);
        }

        return [.. batch];

        void Approach(ReadOnlySpan<double> reference)
        {
            for (int i = 0; i < nearest.Length; i++)
            {
                nearest[i] = Math.Max(nearest[i], similarity.Between(rows[i], reference));
            }
        }
    }
}
