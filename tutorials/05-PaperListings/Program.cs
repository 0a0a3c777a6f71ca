// Listings 1 to 6 of the PyRelationAL paper (Scherer et al., "PyRelationAL: a python library for active learning research and development", arXiv 2205.11117,
// 2022), on the built-in networks: the progression of diabetes, an ensemble of multilayer perceptrons, an ε-greedy strategy of one's own, and the loop.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Oracles;
using PyRelationAL.Tutorials;

// Listing 1, the dataset: 442 patients with ten measurements each. The target is how far the disease has progressed after a year.
InMemoryDataset dataset = Diabetes.Load();

// Listing 2, the data manager: who is in the training, validation and test set, and how many training items are labelled at first. Only the training items
// that are
// not labelled can be asked for.
int[] order = new RandomStream(1).Sample(dataset.Count, dataset.Count);
var data = new DataManager(dataset.WithOwnLabels(), new DataSplit
{
    Train = order[..320],
    Validation = order[320..360],
    Test = order[360..],
    InitialSize = InitialSize.OfCount(25),
    Seed = 1,
});

// Listing 3, the model manager: an ensemble of ten small networks. Each is trained from weights of its own, and stops when the validation items say so. The
// paper
// wraps a PyTorch Lightning module here; what is specific to a framework ends with this listing.
var ensemble = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions
{
    Network = new NeuralNetworkOptions
    {
        HiddenWidths = [16],
        Activation = ActivationFunction.Elu,
        Dropout = 0.12,
        Optimiser = new AdamOptimiser { LearningRate = 0.003 },
        BatchSize = 10,
        Epochs = 100,
    },
    MemberCount = 10,
});

// Listing 4, a strategy of one's own, composed of an informativeness function and a selection criterion: UncertainOrRandom.cs.
var strategy = new UncertainOrRandom(epsilon: 0.1);

// Listing 5, the oracle and the pipeline. This oracle looks the labels up; in the field it would be a person or an instrument.
var pipeline = new ActiveLearningPipeline(data, ensemble, strategy, new BenchmarkOracle(), seed: 1);
pipeline.ComputeTheoreticalPerformance();

// Listing 6, the run: rounds of 25 labels until there is nothing left to ask for. Step suggests, Query labels; Run does both, again and again.
Suggestion suggestion = pipeline.Step(batchSize: 25);
pipeline.Query(suggestion.Indices);
StopReason reason = pipeline.Run(new RunOptions { BatchSize = 25 });

Console.WriteLine($"Stopped because: {reason}. Test mean square error by number of labels:");
Console.WriteLine();
foreach (RoundRecord round in pipeline.History)
{
    double error = round.Metrics[MetricNames.MeanSquaredError];
    Console.WriteLine($"{round.LabelledCount,5}{error,9:F0}  {new string('*', (int)(error / 100))}");
}

Console.WriteLine($"  all{pipeline.TheoreticalPerformance![MetricNames.MeanSquaredError],9:F0}");
Console.WriteLine();
Console.WriteLine(pipeline.Summary());
