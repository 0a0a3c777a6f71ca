using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Models;

namespace PyRelationAL.Tests;

/// <summary>ML.NET models of each kind, alone and in committees, keep to the contract of all models.</summary>
[TestFixtureSource(nameof(Names))]
public sealed class MLContractTests(string name) : ModelManagerContract(Subjects[name].Create, Subjects[name].Classes)
{
    private static readonly MLModelOptions Softmax = new() { RawScores = RawScores.Softmax };

    private static readonly CommitteeOptions Three = new() { MemberCount = 3 };

    private static readonly Dictionary<string, (Func<IModelManager> Create, int Classes)> Subjects = new()
    {
        ["maximum entropy"] = (() => new MLMulticlassClassifier(Estimators.MaximumEntropy), 3),
        ["SDCA maximum entropy"] = (() => new MLMulticlassClassifier(Estimators.SdcaMaximumEntropy), 3),
        ["naive Bayes"] = (() => new MLMulticlassClassifier(Estimators.NaiveBayes, Softmax), 3),
        ["SDCA without calibration"] = (() => new MLMulticlassClassifier(Estimators.SdcaNonCalibrated, Softmax), 3),
        ["one versus all"] = (() => new MLMulticlassClassifier(Estimators.OneVersusAll), 3),
        ["logistic regression"] = (() => new MLBinaryClassifier(Estimators.Logistic), 2),
        ["perceptron"] = (() => new MLBinaryClassifier(Estimators.Perceptron, Softmax), 2),
        ["calibrated perceptron"] = (() => new MLBinaryClassifier(Estimators.PlattPerceptron), 2),
        ["boosted trees, binary"] = (() => new MLBinaryClassifier(Estimators.BoostedTrees), 2),
        ["SDCA regression"] = (() => new MLRegressor(Estimators.SdcaRegression), 3),
        ["boosted trees, regression"] = (() => new MLRegressor(Estimators.RegressionTrees), 3),
        ["forest, regression"] = (() => new FastForestRegressor(Estimators.SmallForest), 3),
        ["forest, two classes"] = (() => new FastForestClassifier(Estimators.SmallBinaryForest), 2),
        ["forest, three classes"] = (() => new FastForestClassifier(Estimators.SmallBinaryForest), 3),
        ["committee of classifiers"] = (() => new ClassifierCommittee(() => new MLMulticlassClassifier(Estimators.MaximumEntropy), Three), 3),
        ["committee of regressors"] = (() => new RegressorCommittee(() => new MLRegressor(Estimators.SdcaRegression), Three), 3),
    };

    public static IEnumerable<string> Names => Subjects.Keys;
}
