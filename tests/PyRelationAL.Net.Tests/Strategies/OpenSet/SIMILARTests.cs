using System.Text.Json;
using PyRelationAL.Models;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class SIMILARTests
{
    private static readonly FeatureMatrix None = new(default, 0, 0);

    // EX-SIM: three candidates, a query point, a private point.
    private static readonly double[,] Example =
    {
        { 1, 0.9, 0.2, 0.8, 0.1 }, { 0.9, 1, 0.3, 0.75, 0.2 }, { 0.2, 0.3, 1, 0.6, 0.7 }, { 0.8, 0.75, 0.6, 1, 0.1 }, { 0.1, 0.2, 0.7, 0.1, 1 },
    };

    [TestCase(InformationMeasure.FLCMI, new[] { 1.25, 1.25, 0.2 })]
    [TestCase(InformationMeasure.FLQMI, new[] { 1.6, 1.5, 1.2 })]
    [TestCase(InformationMeasure.GCMI, new[] { 1.6, 1.5, 1.2 })]
    public void The_worked_example(InformationMeasure measure, double[] values)
    {
        var sets = new InformationSets(3, 1, 1, 1, 1);
        Close.Check(sets.Facility(measure, new Given(Example), 1, default).Gains([0, 1, 2]), values);
        var gains = new double[3];
        Assert.That(sets.Select(measure, new Given(Example), 3, gains, 1, default), Is.EqualTo([0, 1, 2]));
        if (measure == InformationMeasure.FLCMI)
        {
            foreach ((int first, int second) in new[] { (0, 1), (0, 2), (1, 2), (2, 1) })
            {
                FacilityLocation facility = sets.Facility(measure, new Given(Example), 1, default);
                double one = facility.Gains([first])[0];
                facility.Add(first);
                Close.Check(one + facility.Gains([second])[0], 1.25, what: "each pair is worth 1.25 too");
            }
        }
    }

    [TestCase(0, 0.172925)]
    [TestCase(1, 0.149230)]
    [TestCase(2, 0.095603)]
    public void The_worked_example_of_determinants(int candidate, double value)
    {
        // The rest of the pool plays no part.
        var gains = new double[1];
        new InformationSets(1, 1, 1, 1, 1).Select(InformationMeasure.LogDetCMI, new Given(Example, candidate, 3, 4), 1, gains, 1, default);
        Close.Check(gains[0], value, Close.SixDecimals);
    }

    [Test]
    public void Every_measure_is_maximised_as_by_brute_force([Values] InformationMeasure measure, [Values(1, -1)] int threads)
    {
        JsonElement golden = GoldenData.OpenSetSection("similar"), expected = golden.GetProperty(measure.ToString());
        var gains = new double[7];
        int[] batch = SIMILARStrategy.Select(
            measure,
            TestData.Matrix(golden.Numbers("candidates"), 4),
            TestData.Matrix(golden.Numbers("query"), 4),
            TestData.Matrix(golden.Numbers("private"), 4),
            7,
            golden.Number("eta"),
            golden.Number("nu"),
            gains,
            threads);
        Assert.That(batch, Is.EqualTo(expected.Integers("batch")));
        Close.Check(gains, expected.Numbers("gains"), 1e-9);
    }

    [TestCase(InformationMeasure.FLCMI)]
    [TestCase(InformationMeasure.FLQMI)]
    [TestCase(InformationMeasure.FLCG)]
    public void Laziness_loses_nothing(InformationMeasure measure)
    {
        // More candidates than a tile has points, and duplicates, so that ties decide.
        FeatureMatrix candidates = Doubled(TestData.Rows(600, 3)), query = TestData.Rows(9, 3, seed: 7), privates = TestData.Rows(5, 3, seed: 8);
        var gains = new double[12];
        int[] batch = SIMILARStrategy.Select(measure, candidates, query, privates, 12, gains: gains);
        var taken = new List<int>();
        for (int k = 0; k < batch.Length; k++)
        {
            double Of(params int[] items) => Value(measure, candidates, query, privates, items);
            double[] values = [.. Enumerable.Range(0, candidates.RowCount).Select(j => taken.Contains(j) ? double.MinValue : Of([.. taken, j]))];
            double before = taken.Count == 0 ? 0 : Of([.. taken]);
            Close.Check(values[batch[k]], values.Max(), 1e-12);
            Close.Check(gains[k], values.Max() - before, 1e-9);
            taken.Add(batch[k]);
            if (measure == InformationMeasure.FLCG && k == 3)
            {
                break;
            }
        }

        Assert.That(batch[0] % 2, Is.Zero, "of two equal rows the first");
    }

    [Test]
    public void Without_a_private_set_the_conditional_measures_are_the_others()
    {
        FeatureMatrix candidates = TestData.Rows(40, 3), query = TestData.Rows(6, 3, seed: 7);
        double[] with = new double[8], without = new double[8];
        int[] conditional = SIMILARStrategy.Select(InformationMeasure.LogDetCMI, candidates, query, None, 8, gains: with);
        Assert.That(SIMILARStrategy.Select(InformationMeasure.LogDetMI, candidates, query, None, 8, gains: without), Is.EqualTo(conditional));
        Close.Check(with, without);
        Assert.That(with, Has.All.Positive, "information is not negative");
    }

    [Test]
    public void It_makes_batches_of_an_open_set_purer(
        [Values(InformationMeasure.FLCMI, InformationMeasure.LogDetCMI)] InformationMeasure measure, [Values] bool gradients)
    {
        Assert.That(OpenSetPool.MeanPurity(() => new SIMILARStrategy(measure, gradients: gradients)), Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.2));
    }

    [Test]
    public void It_finds_the_rare_classes_that_are_named(
        [Values(InformationMeasure.FLQMI, InformationMeasure.GCMI, InformationMeasure.LogDetMI)] InformationMeasure measure)
    {
        var pool = new OpenSetPool(4, ofClass: 40, outside: 0);
        IReadOnlyList<int> batch = new SIMILARStrategy(measure, [1]).Suggest(pool.Context(), 20).Indices;
        Assert.That(batch.Count(i => pool.Data.GetLabel(i).Class == 1), Is.GreaterThanOrEqualTo(15));
    }

    [Test]
    public void Conditional_gains_keep_away_from_what_is_known([Values(InformationMeasure.FLCG, InformationMeasure.LogDetCG)] InformationMeasure measure)
    {
        // Two directions; one is labelled, the other is not.
        FeatureMatrix rows = FeatureMatrix.FromRows([[1, 0], [1, 0.1f], [0.9f, 0], [0, 1], [0.1f, 1], [1, 0.05f]]);
        var data = Datasets.InMemoryDataset.ForClassification("two directions", rows, new int[6], 2);
        Assert.That(new SIMILARStrategy(measure).Suggest(Rounds.Over(data, null, labelled: 2), 1).Indices[0], Is.EqualTo(3).Or.EqualTo(4));
    }

    [Test]
    public void What_is_missing_is_said()
    {
        var pool = new OpenSetPool(1);
        Assert.That(
            () => new SIMILARStrategy(classes: [5]).Suggest(pool.Context(), 1), Throws.InvalidOperationException.With.Message.Contains("one of its classes"));
        Assert.That(() => new SIMILARStrategy(classes: []), Throws.ArgumentException);
        Assert.That(() => new SIMILARStrategy(classes: [-1]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SIMILARStrategy((InformationMeasure)99), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("FLCMI"));
        Assert.That(() => new SIMILARStrategy(queryWeight: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SIMILARStrategy(privateWeight: double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(new SIMILARStrategy(gradients: true).Requirements.Capabilities, Is.EqualTo(Capabilities.ClassProbabilities | Capabilities.Embeddings));
    }

    [Test]
    public void Gradients_are_compared_with_the_label_that_is_known()
    {
        // All rows are alike and all predictions too; what differs is the label of the one labelled item.
        FeatureMatrix rows = TestData.Duplicates(3, 2);
        var probabilities = new double[][] { [0.6, 0.4], [0.6, 0.4], [0.3, 0.7] };
        int Choice(int label)
        {
            Datasets.InMemoryDataset data = Datasets.InMemoryDataset.ForClassification("alike", rows, [label, 0, 0], 2);
            var model = new ScriptedModel
            {
                Probabilities = items => new ClassProbabilities([.. items.Indices.ToArray().SelectMany(i => probabilities[i])], 2),
                Embeddings = items => items.Features,
            };
            return new SIMILARStrategy(InformationMeasure.GCMI, gradients: true).Suggest(Rounds.Over(data, model, labelled: 1), 1).Indices[0];
        }

        Assert.That(Choice(0), Is.EqualTo(1), "predicted as the labelled item is labelled");
        Assert.That(Choice(1), Is.EqualTo(2));
    }

    private static double Value(InformationMeasure measure, FeatureMatrix candidates, FeatureMatrix query, FeatureMatrix privates, int[] batch)
    {
        double Largest(ReadOnlySpan<float> row, FeatureMatrix others)
        {
            double largest = 0;
            for (int j = 0; j < others.RowCount; j++)
            {
                largest = Math.Max(largest, Cosine(row, others.Row(j)));
            }

            return largest;
        }

        FeatureMatrix taken = candidates.SelectRows(batch);
        double sum = 0;
        if (measure == InformationMeasure.FLQMI)
        {
            for (int i = 0; i < query.RowCount; i++)
            {
                sum += Largest(query.Row(i), taken);
            }

            for (int j = 0; j < taken.RowCount; j++)
            {
                sum += Largest(taken.Row(j), query);
            }

            return sum;
        }

        for (int i = 0; i < candidates.RowCount; i++)
        {
            double reached = Largest(candidates.Row(i), taken);
            reached = measure == InformationMeasure.FLCMI ? Math.Min(reached, Largest(candidates.Row(i), query)) : reached;
            sum += Math.Max(0, reached - Largest(candidates.Row(i), privates));
        }

        return sum;
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, left = 0, right = 0;
        for (int j = 0; j < a.Length; j++)
        {
            product += (double)a[j] * b[j];
            left += (double)a[j] * a[j];
            right += (double)b[j] * b[j];
        }

        return product / Math.Sqrt(left * right);
    }

    private static FeatureMatrix Doubled(FeatureMatrix rows) => rows.SelectRows([.. Enumerable.Range(0, 2 * rows.RowCount).Select(i => i / 2)]);

    /// <summary>A matrix, or some points of it.</summary>
    private sealed class Given(double[,] matrix, params int[] points) : ISimilarities
    {
        public void Of(int from, int start, Span<double> similarities)
        {
            for (int i = 0; i < similarities.Length; i++)
            {
                similarities[i] = matrix[At(from), At(start + i)];
            }
        }

        private int At(int point) => points.Length == 0 ? point : points[point];
    }
}
