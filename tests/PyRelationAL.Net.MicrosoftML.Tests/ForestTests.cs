using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>The trees of a forest, walked here, against the forest's own output.</summary>
public sealed class ForestTests
{
    [Test]
    public void The_mean_of_the_trees_is_the_score_of_a_regression_forest()
    {
        DatasetView items = Toy.Regression(200, columns: 4), others = Toy.Regression(50, columns: 4, seed: 9);
        var ml = new MLContext(seed: 1);
        FastForestRegressionTrainer.Options options = Estimators.SmallForest();
        options.NumberOfTrees = 40;
        RegressionPredictionTransformer<FastForestRegressionModelParameters> fitted =
            ml.Regression.Trainers.FastForest(options).Fit(MLDataset.ToDataView(items));
        // A tree that finds no split is not among them.
        TreeWalk[] trees = TreeWalk.Of(fitted.Model.TrainedTreeEnsemble);
        double[] values = TreeWalk.Predict(trees, trees.Length, double.NaN, others.Features, CancellationToken.None);
        Assert.That(trees, Has.Length.InRange(30, 40));
        float[] scores = [.. Scoring.Of(fitted, others)];
        for (int i = 0; i < others.Count; i++)
        {
            Assert.That(Enumerable.Range(0, trees.Length).Average(t => values[(t * others.Count) + i]), Is.EqualTo(scores[i]).Within(1e-5));
        }
    }

    [Test]
    public void An_item_on_a_threshold_goes_the_way_it_goes_in_the_forest()
    {
        DatasetView items = Toy.Regression(100, columns: 1);
        RegressionPredictionTransformer<FastForestRegressionModelParameters> fitted =
            new MLContext(seed: 1).Regression.Trainers.FastForest(Estimators.SmallForest()).Fit(MLDataset.ToDataView(items));
        float[][] thresholds = [.. fitted.Model.TrainedTreeEnsemble.Trees.SelectMany(t => t.NumericalSplitThresholds).Select(t => new[] { t })];
        DatasetView onThresholds = Toy.FromRegression(thresholds, new double[thresholds.Length]);
        TreeWalk[] trees = TreeWalk.Of(fitted.Model.TrainedTreeEnsemble);
        double[] values = TreeWalk.Predict(trees, trees.Length, double.NaN, onThresholds.Features, CancellationToken.None);
        float[] scores = [.. Scoring.Of(fitted, onThresholds)];
        Assert.That(
            Enumerable.Range(0, scores.Length).Select(i => Enumerable.Range(0, trees.Length).Average(t => values[(t * scores.Length) + i])),
            Is.EqualTo(scores).Within(1e-5));
    }

    [Test]
    public void The_sum_of_the_trees_is_the_score_of_a_binary_forest_and_each_lies_between_minus_1_and_1()
    {
        DatasetView items = Toy.Classification(200, classes: 2), others = Toy.Classification(50, classes: 2, seed: 9);
        var ml = new MLContext(seed: 1);
        FastForestBinaryTrainer.Options options = Estimators.SmallBinaryForest();
        BinaryPredictionTransformer<FastForestBinaryModelParameters> fitted =
            ml.BinaryClassification.Trainers.FastForest(options).Fit(MLDataset.ToDataView(items, LabelEncoding.Boolean));
        TreeWalk[] trees = TreeWalk.Of(fitted.Model.TrainedTreeEnsemble);
        double[] values = TreeWalk.Predict(trees, trees.Length, double.NaN, others.Features, CancellationToken.None);
        float[] scores = [.. Scoring.Of(fitted, others)];
        Assert.That(values, Has.All.InRange(-1.0, 1.0));
        for (int i = 0; i < others.Count; i++)
        {
            Assert.That(Enumerable.Range(0, trees.Length).Sum(t => values[(t * others.Count) + i]), Is.EqualTo(scores[i]).Within(1e-4));
        }
    }

    [Test]
    public void Each_tree_gives_what_the_featuriser_of_pretrained_trees_gives()
    {
        DatasetView items = Toy.Regression(100, columns: 3);
        var ml = new MLContext(seed: 1);
        IDataView data = MLDataset.ToDataView(items);
        FastForestRegressionModelParameters model = ml.Regression.Trainers.FastForest(Estimators.SmallForest()).Fit(data).Model;
        TreeWalk[] walked = TreeWalk.Of(model.TrainedTreeEnsemble);
        double[] values = TreeWalk.Predict(walked, walked.Length, double.NaN, items.Features, CancellationToken.None);
        var options = new PretrainedTreeFeaturizationEstimator.Options
        {
            InputColumnName = "Features",
            ModelParameters = model,
            TreesColumnName = "Trees",
            LeavesColumnName = "Leaves",
            PathsColumnName = "Paths",
        };
        float[][] trees = [.. ml.Transforms.FeaturizeByPretrainTreeEnsemble(options).Fit(data).Transform(data).GetColumn<float[]>("Trees")];
        for (int i = 0; i < items.Count; i++)
        {
            Assert.That(Enumerable.Range(0, walked.Length).Select(t => (float)values[(t * items.Count) + i]), Is.EqualTo(trees[i]));
        }
    }

    [Test]
    public void A_tree_without_a_split_is_the_mean_of_the_labels_not_0()
    {
        // Six rows cannot split where a leaf needs ten.
        DatasetView values = Toy.FromRegression([[1], [2], [3], [4], [5], [6]], 10, 20, 30, 40, 50, 60);
        var regressor = new FastForestRegressor(() => new FastForestRegressionTrainer.Options { NumberOfTrees = 3 });
        regressor.Train(values, null, new RandomStream(1));
        Assert.That(regressor.SampleValues(values, new RandomStream(1)).Values.ToArray(), Has.Length.EqualTo(18).And.All.EqualTo(35));

        DatasetView classes = Toy.FromClassification([[1], [2], [3], [4]], [0, 1, 1, 1], 2);
        var classifier = new FastForestClassifier(() => new FastForestBinaryTrainer.Options { NumberOfTrees = 3 });
        classifier.Train(classes, null, new RandomStream(1));
        Assert.That(classifier.PredictProbabilities(classes).Row(0).ToArray(), Is.EqualTo(new[] { 0.25, 0.75 }));
    }

    [Test]
    public void The_default_forest_splits_where_few_items_are_labelled()
    {
        DatasetView values = Toy.FromRegression([[1], [2], [3], [4], [5], [6]], 10, 20, 30, 40, 50, 60);
        var forest = new FastForestRegressor();
        forest.Train(values, null, new RandomStream(1));
        GaussianPredictions p = forest.SampleValues(values, new RandomStream(1)).Moments();
        Assert.That(p.Mean[5] - p.Mean[0], Is.GreaterThan(20));
        Assert.That(p.StandardDeviation.ToArray(), Has.All.Positive);
        Assert.That(forest.SampleCount, Is.EqualTo(100));
    }

    [Test]
    public void Samples_of_several_classes_sum_to_1_and_learn()
    {
        DatasetView items = Toy.Classification(150);
        var forest = new FastForestClassifier(Estimators.SmallBinaryForest);
        forest.Train(items, null, new RandomStream(1));
        PosteriorClassSamples samples = forest.SampleProbabilities(items, new RandomStream(1));
        Assert.That((samples.SampleCount, samples.RowCount, samples.ClassCount), Is.EqualTo((12, 150, 3)));
        Assert.That(ClassifierTests.Accuracy(forest.PredictProbabilities(items), items), Is.GreaterThan(0.8));
    }

    [Test]
    public void The_seed_decides_and_the_number_of_threads_does_not()
    {
        DatasetView items = Toy.Regression(300, columns: 3);
        double[] one = Samples(1, 1);
        Assert.That(Samples(1, 2), Is.EqualTo(one));
        Assert.That(Samples(2, 1), Is.Not.EqualTo(one));

        double[] Samples(long seed, int threads)
        {
            var forest = new FastForestRegressor(() =>
            {
                FastForestRegressionTrainer.Options options = Estimators.SmallForest();
                options.NumberOfThreads = threads;
                return options;
            });
            forest.Train(items, null, new RandomStream(seed));
            return forest.SampleValues(items, new RandomStream(1)).Values.ToArray();
        }
    }
}
