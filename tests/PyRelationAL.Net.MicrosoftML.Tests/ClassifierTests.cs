using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>Classes, keys and scores: where ML.NET's numbering and ours could drift apart.</summary>
public sealed class ClassifierTests
{
    private static readonly MLModelOptions Softmax = new() { RawScores = RawScores.Softmax };

    [Test]
    public void Scores_are_those_of_an_attributed_class_given_to_the_same_trainer()
    {
        DatasetView items = DatasetView.All(Iris.Load());
        using var model = new MLMulticlassClassifier(Estimators.MaximumEntropy);
        model.Train(items, null, new RandomStream(1));

        var ml = new MLContext(seed: 3);
        var schema = SchemaDefinition.Create(typeof(Flower));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        int[] labels = items.ClassLabels();
        // A property is zero-based on input, although every cursor then gives it one-based.
        IDataView flowers = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, items.Count).Select(i => new Flower { Features = items.Features.Row(i).ToArray(), Label = (uint)labels[i] }), schema);
        IDataView scored = Estimators.MaximumEntropy(ml).Fit(flowers).Transform(flowers);
        double[] expected = [.. scored.GetColumn<float[]>("Score").SelectMany(row => row).Select(p => (double)p)];

        Assert.That(model.PredictProbabilities(items).Values.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Classes_keep_their_columns()
    {
        DatasetView items = DatasetView.All(Iris.Load());
        using var model = new MLMulticlassClassifier(Estimators.MaximumEntropy);
        model.Train(items, null, new RandomStream(1));
        Assert.That(Accuracy(model.PredictProbabilities(items), items), Is.GreaterThan(0.95));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_class_without_a_labelled_item_gets_probability_0_in_its_own_column(bool forest)
    {
        DatasetView all = Toy.Classification(60, classes: 3, taskClasses: 5);
        int[] kept = [.. all.ClassLabels().Index().Where(pair => pair.Item != 1).Select(pair => pair.Index)];
        DatasetView labelled = all.SelectRows(kept);
        IModelManager model = forest ? new FastForestClassifier(Estimators.SmallBinaryForest) : new MLMulticlassClassifier(Estimators.MaximumEntropy);
        model.Train(labelled, null, new RandomStream(1));
        ClassProbabilities p = ((IClassProbabilityPredictor)model).PredictProbabilities(labelled);

        Assert.That(p.ClassCount, Is.EqualTo(5));
        for (int i = 0; i < p.RowCount; i++)
        {
            Assert.That(p.Row(i).ToArray(), Has.ItemAt(1).Zero.And.ItemAt(3).Zero.And.ItemAt(4).Zero);
        }

        Assert.That(Accuracy(p, labelled), Is.GreaterThan(0.7));
    }

    [Test]
    public void One_class_gets_probability_1()
    {
        DatasetView labelled = Toy.FromClassification([[1, 2], [3, 4]], [1, 1], 2);
        foreach (IModelManager model in (IModelManager[])[
            new MLMulticlassClassifier(Estimators.MaximumEntropy), new MLBinaryClassifier(Estimators.Logistic), new FastForestClassifier()])
        {
            model.Train(labelled, null, new RandomStream(1));
            Assert.That(((IClassProbabilityPredictor)model).PredictProbabilities(labelled).Values.ToArray(), Is.EqualTo(new double[] { 0, 1, 0, 1 }));
        }
    }

    [Test]
    public void An_estimator_that_numbers_the_classes_by_occurrence_is_refused()
    {
        DatasetView labelled = Toy.FromClassification([[1, 2], [3, 4], [2, 2], [0, 1]], [2, 0, 1, 0], 3);
        using var model = new MLMulticlassClassifier(ml => ml.Transforms.Conversion.MapKeyToValue("Text", "Label")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Text"))
            .Append(Estimators.MaximumEntropy(ml)));
        Assert.That(
            () => model.Train(labelled, null, new RandomStream(1)),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("2, 0, 1").And.Message.Contains("0, 1, 2").And.Message.Contains("MapValueToKey"));
        Assert.That(model.IsTrained, Is.False);

        using var byValue = new MLMulticlassClassifier(ml => ml.Transforms.Conversion.MapKeyToValue("Text", "Label")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(Estimators.MaximumEntropy(ml)));
        Assert.That(() => byValue.Train(labelled, null, new RandomStream(1)), Throws.Nothing);
    }

    [Test]
    public void Probabilities_of_an_estimator_that_gives_them_are_its_scores()
    {
        DatasetView items = Toy.Classification(40);
        foreach (Func<MLContext, IEstimator<ITransformer>> estimator in (Func<MLContext, IEstimator<ITransformer>>[])
            [Estimators.MaximumEntropy, Estimators.SdcaMaximumEntropy, Estimators.OneVersusAll])
        {
            using var model = new MLMulticlassClassifier(estimator);
            Assert.That(() => model.Train(items, null, new RandomStream(1)), Throws.Nothing);
        }
    }

    [Test]
    public void Raw_multiclass_scores_are_refused_unless_the_softmax_is_asked_for()
    {
        DatasetView items = Toy.Classification(40);
        foreach (Func<MLContext, IEstimator<ITransformer>> estimator in (Func<MLContext, IEstimator<ITransformer>>[])
            [Estimators.SdcaNonCalibrated, Estimators.NaiveBayes])
        {
            using var refused = new MLMulticlassClassifier(estimator);
            Assert.That(
                () => refused.Train(items, null, new RandomStream(1)),
                Throws.TypeOf<ModelTrainingException>().With.Message.Contains("not probabilities").And.Message.Contains("LbfgsMaximumEntropy")
                    .And.Message.Contains("Softmax"));
            Assert.That(refused.IsTrained, Is.False);
            using var asked = new MLMulticlassClassifier(estimator, Softmax);
            asked.Train(items, null, new RandomStream(1));
            Assert.That(asked.PredictProbabilities(items).RowCount, Is.EqualTo(40));
        }
    }

    [Test]
    public void The_softmax_is_of_the_scores_and_survives_large_ones()
    {
        double[] scores = [1, 2, 4, 1000, 1001, -1000];
        TrainedClasses.Softmax(scores.AsSpan(0, 3));
        TrainedClasses.Softmax(scores.AsSpan(3, 3));
        // e^1, e^2, e^4 over their sum; 1/(1+e) and e/(1+e).
        Assert.That(scores, Is.EqualTo(new[] { 0.04201007, 0.11419520, 0.84379473, 0.26894142, 0.73105858, 0 }).Within(1e-8));
    }

    [Test]
    public void Raw_binary_scores_are_refused_unless_calibrated_or_asked_for()
    {
        DatasetView items = Toy.Classification(60, classes: 2);
        foreach (Func<MLContext, IEstimator<ITransformer>> estimator in (Func<MLContext, IEstimator<ITransformer>>[])[Estimators.Perceptron,
            Estimators.BinaryForest])
        {
            using var refused = new MLBinaryClassifier(estimator);
            Assert.That(
                () => refused.Train(items, null, new RandomStream(1)),
                Throws.TypeOf<ModelTrainingException>().With.Message.Contains("'Probability'").And.Message.Contains("Platt").And.Message.Contains("Softmax"));
        }

        using var platt = new MLBinaryClassifier(Estimators.PlattPerceptron);
        using var logistic = new MLBinaryClassifier(Estimators.Perceptron, Softmax);
        platt.Train(items, null, new RandomStream(1));
        logistic.Train(items, null, new RandomStream(1));
        Assert.That(Accuracy(platt.PredictProbabilities(items), items), Is.GreaterThan(0.7));
        Assert.That(Accuracy(logistic.PredictProbabilities(items), items), Is.GreaterThan(0.7));
    }

    [Test]
    public void A_binary_probability_is_that_of_class_1()
    {
        DatasetView items = Toy.Classification(80, classes: 2);
        using var binary = new MLBinaryClassifier(Estimators.Logistic);
        binary.Train(items, null, new RandomStream(1));
        var ml = new MLContext(seed: 1);
        IDataView data = MLDataset.ToDataView(items, LabelEncoding.Boolean);
        float[] expected = [.. Estimators.Logistic(ml).Fit(data).Transform(data).GetColumn<float>("Probability")];
        ClassProbabilities p = binary.PredictProbabilities(items);
        Assert.That(Enumerable.Range(0, 80).Select(i => p.Row(i)[1]), Is.EqualTo(expected.Select(v => (double)v)));
        Assert.That(Accuracy(p, items), Is.GreaterThan(0.7));
    }

    [Test]
    public void A_trainer_for_another_task_is_refused_with_what_it_wants()
    {
        DatasetView classes = Toy.Classification(20, classes: 2);
        using var binaryInMulticlass = new MLMulticlassClassifier(Estimators.Logistic);
        using var multiclassInBinary = new MLBinaryClassifier(Estimators.MaximumEntropy);
        using var classifierInRegression = new MLRegressor(Estimators.Logistic);
        Assert.That(
            () => binaryInMulticlass.Train(classes, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Boolean"));
        Assert.That(() => multiclassInBinary.Train(classes, null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Key"));
        Assert.That(
            () => classifierInRegression.Train(Toy.Regression(20), null, new RandomStream(1)),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Boolean"));
    }

    [Test]
    public void Three_classes_are_too_many_for_a_binary_trainer()
    {
        using var model = new MLBinaryClassifier(Estimators.Logistic);
        Assert.That(
            () => model.Train(Toy.Classification(20), null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains("MLMulticlassClassifier"));
    }

    internal static double Accuracy(ClassProbabilities p, DatasetView items) =>
        items.ClassLabels().Index().Average(pair => p.ArgMax(pair.Index) == pair.Item ? 1.0 : 0);

    private sealed class Flower
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
