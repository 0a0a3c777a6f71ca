// A strategy of your own, in three ways: composed from built-in scores, from a score written as a lambda, and as a class.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Strategies;
using PyRelationAL.Tutorials;

// 1. Composed. Scores of different scales are normalised over the pool first, or the one with the larger numbers decides alone.
var uncertainAndFar = new CompositeStrategy(
    informativeness: 0.7 * Informativeness.Entropy.Normalise() + 0.3 * Informativeness.RelativeDistance().Normalise(),
    selection: Selection.TopK,
    name: "UncertainAndFar");

// 2. A score of one's own: a function from one candidate's class probabilities to a number, higher for what should be labelled first.
//    This one is the Gini impurity. The batch is drawn at random in proportion to it, which keeps near-duplicates apart.
var gini = new CompositeStrategy(Informativeness.OfProbabilities(GiniImpurity), Selection.Probabilistic, name: "SampledGini");

// 3. A class, where scoring and selecting cannot be told apart: see UncertainOfEachClass.cs.
var eachClass = new UncertainOfEachClass();

Console.WriteLine("Six kinds of glass, 5 folds, 12 rounds of 5 labels, logistic regression. Balanced accuracy on the test part:");
Console.WriteLine();
Console.WriteLine($"{"strategy",-22}{"start",8}{"end",8}{"mean",8}");
foreach (IStrategy strategy in (IStrategy[])[new RandomAcquisitionStrategy(), uncertainAndFar, gini, eachClass])
{
    double[][] curves = [.. BenchmarkTask.ForAllFolds(Glass.Source, new ColdStart()).Select(task => LearningCurve(task, strategy))];
    Console.WriteLine(
        $"{strategy.Name,-22}{curves.Average(c => c[0]),8:F3}{curves.Average(c => c[^1]),8:F3}{curves.Average(c => c.Average()),8:F3}");
}

static double GiniImpurity(ReadOnlySpan<double> probabilities)
{
    double sumOfSquares = 0;
    foreach (double p in probabilities)
    {
        sumOfSquares += p * p;
    }

    return 1 - sumOfSquares;
}

static double[] LearningCurve(BenchmarkTask task, IStrategy strategy)
{
    var pipeline = new ActiveLearningPipeline(task.CreateDataManager(seed: 3), new LogisticRegression(), strategy, seed: 3);
    pipeline.Run(rounds: 12, batchSize: 5);
    return [.. pipeline.History.Select((RoundRecord round) => round.Metrics[MetricNames.BalancedAccuracy])];
}
