using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Seeds, threads, passes and disposal.</summary>
public sealed class PipelineTests
{
    [Test]
    public void A_trainer_that_shuffles_needs_no_cache_and_follows_the_stream()
    {
        DatasetView items = Toy.Classification(200, classes: 2);
        double[] first = Predict(1), again = Predict(1), other = Predict(2);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));

        double[] Predict(long seed)
        {
            using var model = new MLBinaryClassifier(Estimators.Perceptron, new MLModelOptions { RawScores = RawScores.Softmax });
            model.Train(items, null, new RandomStream(seed));
            return model.PredictProbabilities(items).Values.ToArray();
        }
    }

    [Test]
    public void Each_training_has_a_context_and_a_seed_of_its_own()
    {
        DatasetView items = Toy.Regression(30);
        var contexts = new List<MLContext>();
        var seeds = new List<int>();
        using var model = new MLRegressor((ml, seed) =>
        {
            contexts.Add(ml);
            seeds.Add(seed);
            return Estimators.SdcaRegression(ml);
        });
        model.Train(items, null, new RandomStream(1));
        double[] first = model.PredictValues(items);
        model.Train(items, null, new RandomStream(1));
        Assert.That(model.PredictValues(items), Is.EqualTo(first));
        model.Train(items, null, new RandomStream(2));
        Assert.That(contexts, Is.Unique);
        Assert.That(seeds[1], Is.EqualTo(seeds[0]));
        Assert.That(seeds[2], Is.Not.EqualTo(seeds[0]));
    }

    [Test]
    public void Concurrent_predictions_are_right()
    {
        DatasetView items = Toy.Classification(300);
        using var model = new MLMulticlassClassifier(Estimators.MaximumEntropy);
        model.Train(items, null, new RandomStream(1));
        double[] expected = model.PredictProbabilities(items).Values.ToArray();
        int wrong = 0;
        Parallel.For(0, 400, i =>
        {
            DatasetView part = items.Slice(i % 250, 50);
            ReadOnlySpan<double> got = model.PredictProbabilities(part).Values;
            if (!got.SequenceEqual(expected.AsSpan(i % 250 * 3, 150)))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void A_committee_trains_in_parallel_as_on_one_thread()
    {
        DatasetView items = Toy.Classification(60, classes: 2);
        Assert.That(Samples(-1), Is.EqualTo(Samples(1)));

        double[] Samples(int threads)
        {
            var committee = new ClassifierCommittee(
                () => new MLBinaryClassifier(Estimators.BoostedTrees), new CommitteeOptions { MemberCount = 4, MaxDegreeOfParallelism = threads });
            committee.Train(items, null, new RandomStream(1));
            return committee.SampleProbabilities(items, new RandomStream(1)).Values.ToArray();
        }
    }

    [Test]
    public void A_prediction_is_one_transform_of_all_rows()
    {
        var counted = new CountingEstimator(new MLContext(seed: 1));
        using var model = new MLRegressor(_ => counted);
        DatasetView items = Toy.Regression(500);
        model.Train(items, null, new RandomStream(1));
        int before = counted.Transforms;
        double[] values = model.PredictValues(items);
        Assert.That(counted.Transforms - before, Is.EqualTo(1));
        Assert.That(values, Has.Length.EqualTo(500));
    }

    [Test]
    public void Resetting_disposes_of_what_was_fitted_and_the_model_can_be_trained_again()
    {
        var counted = new CountingEstimator(new MLContext(seed: 1));
        var model = new MLRegressor(_ => counted);
        DatasetView items = Toy.Regression(20);
        model.Train(items, null, new RandomStream(1));
        model.Train(items, null, new RandomStream(1));
        Assert.That(counted.Disposals, Is.EqualTo(1));
        model.Dispose();
        Assert.That(counted.Disposals, Is.EqualTo(2));
        Assert.That(() => model.PredictValues(items), Throws.InvalidOperationException.With.Message.Contains("not trained"));
        model.Train(items, null, new RandomStream(1));
        Assert.That(model.PredictValues(items), Has.Length.EqualTo(20));
        model.Dispose();
    }

    [Test]
    public void A_training_is_cancelled_when_the_trainer_next_reads()
    {
        using var source = new CancellationTokenSource();
        using var model = new MLRegressor(ml =>
        {
            source.Cancel();
            return Estimators.SdcaRegression(ml);
        });
        Assert.That(() => model.Train(Toy.Regression(20), null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void An_estimator_that_drops_rows_or_writes_nothing_is_refused()
    {
        DatasetView items = Toy.Regression(20);
        using var silent = new MLRegressor(ml => ml.Transforms.CopyColumns("Copy", "Features"));
        Assert.That(() => silent.Train(items, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("'Score'"));
        using var nothing = new MLRegressor(_ => null!);
        Assert.That(() => nothing.Train(items, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("no estimator"));
    }

    [Test]
    public void Scores_that_are_not_finite_are_not_passed_on()
    {
        // The far item overflows the linear score.
        DatasetView near = Toy.FromRegression([[0], [1], [2], [3]], 0, 100, 200, 300), far = Toy.FromRegression([[float.MaxValue]], 0);
        using var model = new MLRegressor(ml => ml.Regression.Trainers.Sdca(
            new Microsoft.ML.Trainers.SdcaRegressionTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 100, L2Regularization = 1e-4f }));
        model.Train(near, null, new RandomStream(1));
        Assert.That(() => model.PredictValues(far), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("'Score'").And.Message.Contains("item 0"));
    }

    /// <summary>An estimator whose transformer counts its calls.</summary>
    private sealed class CountingEstimator(MLContext ml) : IEstimator<ITransformer>
    {
        private readonly IEstimator<ITransformer> _inner = Estimators.SdcaRegression(ml);

        public int Transforms { get; private set; }

        public int Disposals { get; private set; }

        public ITransformer Fit(IDataView input) => new Counting(this, _inner.Fit(input));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _inner.GetOutputSchema(inputSchema);

        private sealed class Counting(CountingEstimator owner, ITransformer inner) : ITransformer, IDisposable
        {
            public bool IsRowToRowMapper => inner.IsRowToRowMapper;

            public void Dispose() => owner.Disposals++;

            public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

            public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

            public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

            public IDataView Transform(IDataView input)
            {
                owner.Transforms++;
                return inner.Transform(input);
            }
        }
    }
}
