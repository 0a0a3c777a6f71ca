using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace PyRelationAL.Tests;

/// <summary>
/// ML.NET trainers, set so that equal seeds give equal models on any machine. SDCA takes the more passes the fewer rows there are, half a minute for ten: its
/// passes are set too.
/// </summary>
internal static class Estimators
{
    public static IEstimator<ITransformer> MaximumEntropy(MLContext ml) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
        new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 });

    public static IEstimator<ITransformer> SdcaMaximumEntropy(MLContext ml) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
        new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 });

    public static IEstimator<ITransformer> SdcaNonCalibrated(MLContext ml) => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(
        new SdcaNonCalibratedMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 });

    public static IEstimator<ITransformer> NaiveBayes(MLContext ml) => ml.MulticlassClassification.Trainers.NaiveBayes();

    public static IEstimator<ITransformer> OneVersusAll(MLContext ml) => ml.MulticlassClassification.Trainers.OneVersusAll(LogisticTrainer(ml));

    public static IEstimator<ITransformer> Logistic(MLContext ml) => LogisticTrainer(ml);

    public static IEstimator<ITransformer> Perceptron(MLContext ml) => ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 3);

    public static IEstimator<ITransformer> PlattPerceptron(MLContext ml) => ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 3)
        .Append(ml.BinaryClassification.Calibrators.Platt());

    public static IEstimator<ITransformer> BoostedTrees(MLContext ml) => ml.BinaryClassification.Trainers.FastTree(
        numberOfLeaves: 4, numberOfTrees: 5, minimumExampleCountPerLeaf: 2);

    public static IEstimator<ITransformer> BinaryForest(MLContext ml) => ml.BinaryClassification.Trainers.FastForest(
        numberOfLeaves: 4, numberOfTrees: 5, minimumExampleCountPerLeaf: 2);

    public static IEstimator<ITransformer> SdcaRegression(MLContext ml) => ml.Transforms.NormalizeMeanVariance("Features").Append(
        ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 }));

    public static IEstimator<ITransformer> RegressionTrees(MLContext ml) => ml.Regression.Trainers.FastTree(
        numberOfLeaves: 4, numberOfTrees: 5, minimumExampleCountPerLeaf: 2);

    public static FastForestRegressionTrainer.Options SmallForest() => new() { NumberOfTrees = 12, MinimumExampleCountPerLeaf = 2 };

    public static FastForestBinaryTrainer.Options SmallBinaryForest() => new() { NumberOfTrees = 12, MinimumExampleCountPerLeaf = 2 };

    private static LbfgsLogisticRegressionBinaryTrainer LogisticTrainer(MLContext ml) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
        new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 });
}
