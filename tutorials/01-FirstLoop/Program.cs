// A first active-learning loop: a dataset, a model, a strategy, and the pipeline that ties them together.
// Compared with the same number of labels chosen at random, and with the model trained on every label.
// A log loss of 0.6931 = ln 2 in an early round: the model has seen too little yet to be sure of anything, although it may already lean to the right side.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

const int Rounds = 20;

// 569 cell samples with 30 measurements each. One fifth is kept for testing, with the share of each class preserved.
InMemoryDataset cells = BreastCancer.Load();
Fold fold = cells.StratifiedFolds(5, seed: 1)[0];

// The measurements have very different scales. Mean and deviation come from the training part only, so nothing leaks from the test part.
InMemoryDataset dataset = cells.Standardised([.. fold.Train]);

RunSummary active = Run(new LeastConfidenceStrategy());
Console.WriteLine("Least confidence: ask for the label of the sample that the model is least sure of.");
Console.WriteLine();
Console.WriteLine(active);

RunSummary random = Run(new RandomAcquisitionStrategy());
int accuracy = active.Columns.ToList().IndexOf(MetricNames.BalancedAccuracy);
Console.WriteLine("Balanced accuracy on the test part");
Show($"with the {active.Rows[0][1]} labels of the start", active.Rows[0][accuracy]);
Show($"{Rounds} more, chosen at random", random.Rows[^1][accuracy]);
Show($"{Rounds} more, by least confidence", active.Rows[^1][accuracy]);
Show($"all {fold.Train.Count} labels", active.Theoretical![MetricNames.BalancedAccuracy]);
Console.WriteLine();
Console.WriteLine("That is one run. For means over folds and seeds: pyrelational bench, or docs/howto-benchmark.md.");

static void Show(string labels, double? value) => Console.WriteLine($"  {labels,-32}{value:F3}");

RunSummary Run(IStrategy strategy)
{
    // One labelled sample of each class to begin with. Each run gets labels of its own, and the same seed gives both the same start.
    DataManager data = ColdStart.Create(dataset.WithOwnLabels(), fold, seed: 1);
    var pipeline = new ActiveLearningPipeline(data, new GaussianProcessClassifier(), strategy, seed: 1);
    pipeline.ComputeTheoreticalPerformance();
    pipeline.Run(Rounds, batchSize: 1);
    return pipeline.Summary();
}
