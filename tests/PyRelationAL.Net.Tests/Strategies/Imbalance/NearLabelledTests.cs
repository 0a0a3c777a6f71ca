using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>AnchorAL and SEALS, which look near labelled items only.</summary>
public sealed class NearLabelledTests
{
    [Test]
    public void The_worked_example()
    {
        // The anchor at 0 finds 1, 2 and 4; that at 10 finds 9, 6 and 4. Mean distances: 1, 2, 5, 4 and 1; nobody finds 30.
        FeatureMatrix pool = FeatureMatrix.FromRows([[1], [2], [4], [6], [9], [30]]), anchors = FeatureMatrix.FromRows([[0], [10]]);
        Assert.That(AnchorALStrategy.SubPool(pool, anchors, 9, 3, DistanceMetric.Euclidean), Is.EqualTo([0, 4, 1, 3, 2]));
        Assert.That(AnchorALStrategy.SubPool(pool, anchors, 3, 3, DistanceMetric.Euclidean), Is.EqualTo([0, 4, 1]));
        Assert.That(SEALSStrategy.SubPool(pool, anchors, 3, DistanceMetric.Euclidean), Is.EqualTo([0, 1, 2, 3, 4]));
        Assert.That(SEALSStrategy.SubPool(pool, anchors, 2, DistanceMetric.Euclidean), Is.EqualTo([0, 1, 3, 4]));
        Assert.That(SEALSStrategy.SubPool(pool, anchors, 7, DistanceMetric.Euclidean), Is.EqualTo(TestData.Range(0, 6)));

        // By cosine the length does not matter: 1 − cos is 0, 1, 2 and 1 − 1/√2.
        FeatureMatrix directions = FeatureMatrix.FromRows([[2, 0], [0, 5], [-1, 0], [9, 9]]);
        Assert.That(AnchorALStrategy.SubPool(directions, FeatureMatrix.FromRows([[1, 0]]), 3, 3), Is.EqualTo([0, 3, 1]));
    }

    [Test]
    public void Neighbours_are_those_of_comparing_all_on_any_number_of_threads([Values] bool cosine, [Values] bool ties)
    {
        // More than two blocks of candidates; and few places, so that equal distances lie on both sides of a block's end.
        FeatureMatrix plain = TestData.Rows(17_000, 3), anchors = TestData.Rows(7, 3, seed: 5);
        FeatureMatrix pool = ties ? new FeatureMatrix(plain.Values.ToArray().Select(v => MathF.Round(v)).ToArray(), 17_000, 3) : plain;
        DistanceMetric metric = cosine ? DistanceMetric.Cosine : DistanceMetric.Euclidean;
        (int, double)[][] found = Neighbourhood.Of(anchors, pool, 40, metric, 1, default);
        var wide = new RowBuffer(pool);
        for (int a = 0; a < 7; a++)
        {
            ReadOnlySpan<double> anchor = new RowBuffer(anchors)[a];
            var distances = new double[17_000];
            for (int i = 0; i < distances.Length; i++)
            {
                distances[i] = metric.Between(anchor, wide[i]);
            }

            Assert.That(found[a], Is.EqualTo(Enumerable.Range(0, 17_000).OrderBy(i => distances[i]).Take(40).Select(i => (i, distances[i]))));
        }

        Assert.That(Neighbourhood.Of(anchors, pool, 40, metric, 5, default), Is.EqualTo(found));
    }

    [Test]
    public void The_part_holds_more_of_a_rare_class_than_a_random_one()
    {
        // A twentieth of the pool is of the rare class, in three places; of a hundred labelled items five are.
        const int labelled = 100;
        for (int seed = 0; seed < 10; seed++)
        {
            int[] classes = [.. Enumerable.Range(0, 2100).Select(i => i % 20 == 7 ? 1 : 0)];
            FeatureMatrix noise = TestData.Rows(2100, 8, seed);
            float[][] rows = [.. classes.Select((c, i) => noise.Row(i).ToArray().Select((v, j) => v + (c == 1 && j == i / 20 % 3 ? 4 : 0)).ToArray())];
            Datasets.InMemoryDataset data = Datasets.InMemoryDataset.ForClassification("rare", FeatureMatrix.FromRows(rows), classes, 2);
            QueryContext drawn = Rounds.Over(data, null, labelled, seed);
            double random = Rare(drawn, inner => new SubPoolStrategy(inner, 200)), anchored = Rare(drawn, inner => new AnchorALStrategy(inner, 200));
            Assert.That(random, Is.LessThan(0.1));
            Assert.That(anchored, Is.GreaterThan(0.15).And.GreaterThan(1.5 * random), "an anchor for each rare label, and ten of the other class");
            Assert.That(Rare(drawn, inner => new SEALSStrategy(inner, 3)), Is.LessThan(anchored), "all labels count alike");

            // Five labels of each.
            int[] even = [.. Enumerable.Range(0, labelled).Where(i => classes[i] == 1 || i is > 0 and < 6)];
            QueryContext sought = new(drawn.Pool, new DatasetView(data, even), null, new Numerics.RandomStream(seed));
            Assert.That(Rare(sought, inner => new SEALSStrategy(inner, 20)), Is.GreaterThan(0.15).And.GreaterThan(1.5 * random));

            double Rare(QueryContext context, Func<IStrategy, IStrategy> wrap)
            {
                int[] seen = [];
                var look = new CompositeStrategy(Informativeness.Of(Requirements.None, part =>
                {
                    seen = part.Pool.Indices.ToArray();
                    return new double[seen.Length];
                }));
                wrap(look).Suggest(context, 10);
                Assert.That(seen, Is.Ordered.And.Unique);
                Assert.That(seen, Has.Length.LessThanOrEqualTo(300));
                return seen.Average(i => (double)classes[i]);
            }
        }
    }

    [Test]
    public void A_part_that_would_be_too_small_grows_to_the_batch()
    {
        QueryContext context = Rounds.Of(TaskKinds.Classification, 60);
        foreach (IStrategy strategy in new IStrategy[]
        {
            new AnchorALStrategy(new LeastConfidenceStrategy(), 5, 1, 1), new SEALSStrategy(new LeastConfidenceStrategy(), 1),
        })
        {
            Suggestion batch = strategy.Suggest(context, 30);
            Assert.That(batch.Indices, Has.Count.EqualTo(30).And.Unique);
            Assert.That(batch.Scores, Is.Ordered.Descending, "the scores are the other strategy's");
            IReadOnlyList<int> best = new LeastConfidenceStrategy().Suggest(context, 3).Indices;
            Assert.That(strategy.Suggest(context, 3).Indices, Is.Not.EqualTo(best), "not all are looked at");
        }
    }

    [Test]
    public void Anchors_are_drawn_anew_and_without_labels_so_is_the_part()
    {
        Datasets.InMemoryDataset data = TestData.Classification(TestData.Rows(300), 2);
        var strategy = new AnchorALStrategy(new RelativeDistanceStrategy(), 20, 2, 10);
        foreach (int labelled in new[] { 0, 60 })
        {
            IEnumerable<string> batches = Enumerable.Range(0, 6)
                .Select(seed => string.Join(',', strategy.Suggest(Rounds.Over(data, null, labelled, seed), 5).Indices));
            Assert.That(batches.Distinct(StringComparer.Ordinal).Count(), Is.GreaterThan(3));
        }

        QueryContext cold = Rounds.Over(data, null, labelled: 0);
        Assert.That(
            new SEALSStrategy(new KCentreGreedyStrategy(), 3).Suggest(cold, 5).Indices,
            Is.EqualTo(new KCentreGreedyStrategy().Suggest(cold, 5).Indices),
            "the whole pool");
    }

    [Test]
    public void What_the_other_strategy_needs_they_need_too()
    {
        var anchored = new AnchorALStrategy(new BADGEStrategy(), space: FeatureSpace.Embeddings);
        Assert.That(anchored.Requirements.Capabilities, Is.EqualTo(new BADGEStrategy().Requirements.Capabilities | Capabilities.Embeddings));
        Assert.That(anchored.Requirements.Tasks, Is.EqualTo(TaskKinds.Classification));
        Assert.That(new SEALSStrategy(new LCMDStrategy()).Requirements.Tasks, Is.EqualTo(TaskKinds.Any));
        Assert.That((anchored.Name, new SEALSStrategy(new LCMDStrategy()).Name), Is.EqualTo(("BADGE of 1000 near anchors", "LCMD near labels")));
        Assert.That(() => new AnchorALStrategy(null!), Throws.ArgumentNullException);
        Assert.That(() => new SEALSStrategy(null!), Throws.ArgumentNullException);
        Assert.That(() => new AnchorALStrategy(new LCMDStrategy(), 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AnchorALStrategy(new LCMDStrategy(), 5, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new AnchorALStrategy(new LCMDStrategy(), 5, 5, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SEALSStrategy(new LCMDStrategy(), 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SEALSStrategy.SubPool(TestData.Rows(3), TestData.Rows(2, 4)), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => AnchorALStrategy.SubPool(TestData.Rows(3), TestData.Rows(2), 0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
