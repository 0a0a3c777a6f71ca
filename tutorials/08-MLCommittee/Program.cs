// A committee of ML.NET trainers: query by committee asks for the labels that its members disagree about. Six members see different bags of the labelled items,
// and two kinds of trainers see them with different eyes. A forest is a committee already: each of its trees is a member.

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using PyRelationAL;
using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

const int Rounds = 8;

// 178 wines of three cultivars, 13 measurements each; one label of each cultivar to begin with.
InMemoryDataset wines = WineCultivars.Load();
Fold fold = wines.StratifiedFolds(5, seed: 1)[0];
InMemoryDataset dataset = wines.Standardised([.. fold.Train]);

// ML.NET's estimators come from a context. A member gets a new one, with a seed of its own, for each training. One thread: the result shall not depend on the
// cores.
static IEstimator<ITransformer> MaximumEntropy(MLContext ml) =>
    ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 });

// A binary trainer for each class against the others; logistic regression gives probabilities, so their combination does too.
static IEstimator<ITransformer> OneVersusAll(MLContext ml) => ml.MulticlassClassification.Trainers.OneVersusAll(
    ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }));

static IModelManager Committee()
{
    int member = 0;
    return new ClassifierCommittee(
        () => new MLMulticlassClassifier(member++ % 2 == 0 ? MaximumEntropy : OneVersusAll), new CommitteeOptions { MemberCount = 6 });
}

Console.WriteLine("Balanced accuracy with 3 labels, and with 2 more after each round");
Run("committee, at random", Committee(), new RandomAcquisitionStrategy());
Run("committee, by disagreement", Committee(), new QueryByCommitteeStrategy());
Run("forest, by margin", new FastForestClassifier(), new MarginalConfidenceStrategy());

void Run(string name, IModelManager model, IStrategy strategy)
{
    DataManager data = ColdStart.Create(dataset.WithOwnLabels(), fold, seed: 1);
    var pipeline = new ActiveLearningPipeline(data, model, strategy, seed: 1);
    pipeline.Run(Rounds, batchSize: 2);
    IEnumerable<double> accuracy = pipeline.History.Select(round => round.Metrics[MetricNames.BalancedAccuracy]);
    Console.WriteLine($"  {name,-28}{string.Join("  ", accuracy.Select(a => a.ToString("F3", CultureInfo.InvariantCulture)))}");
}
