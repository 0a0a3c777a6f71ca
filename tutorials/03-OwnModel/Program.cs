// A model of your own in the loop: NearestMean.cs implements IModelManager and one capability, IClassProbabilityPredictor.

using PyRelationAL;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Strategies;
using PyRelationAL.Tutorials;

var task = new BenchmarkTask(WineCultivars.Source, new ColdStart(), FoldIndex: 0);

Console.WriteLine("Three cultivars of wine, one label of each to begin with, margin sampling.");
Console.WriteLine();
var pipeline = new ActiveLearningPipeline(task.CreateDataManager(seed: 2), new NearestMean(), new MarginalConfidenceStrategy(), seed: 2);
pipeline.ComputeTheoreticalPerformance();
pipeline.Run(rounds: 10, batchSize: 2);
Console.WriteLine(pipeline.Summary());

double start = pipeline.History[0].Metrics[MetricNames.BalancedAccuracy];
double end = pipeline.History[^1].Metrics[MetricNames.BalancedAccuracy];
double all = pipeline.TheoreticalPerformance![MetricNames.BalancedAccuracy];
Console.WriteLine($"Balanced accuracy went from {start:F3} to {end:F3}; with every label it is {all:F3}. The test part has few items, so the curve is rough.");
Console.WriteLine();

// A strategy that needs more than the model gives is refused when the pipeline is built, not at round 17.
try
{
    _ = new ActiveLearningPipeline(task.CreateDataManager(seed: 2), new NearestMean(), new ClassificationBALDStrategy(), seed: 2);
}
catch (CapabilityMissingException refusal)
{
    Console.WriteLine("And with BALD, which needs posterior samples:");
    Console.WriteLine("  " + refusal.Message);
}
