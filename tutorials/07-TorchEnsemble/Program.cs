// Listings 1 to 6 of the PyRelationAL paper (Scherer et al., arXiv 2205.11117, 2022) on TorchSharp: the progression of diabetes, an ensemble of
// multilayer perceptrons, and a strategy of one's own that asks where the members disagree, and now and then at random.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Adapters.Torch;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Numerics;
using PyRelationAL.Oracles;
using PyRelationAL.Strategies;
using TorchSharp;
using static TorchSharp.torch.nn;

// Modules this small are faster on one thread than on several that wait for each other.
torch.set_num_threads(1);

// 1. The dataset: 442 patients, ten measurements each, in the same scale already.
InMemoryDataset dataset = DiabetesScaled.Load().Standardised([.. Enumerable.Range(0, 442)]);

// 2. The data manager: a random split into training, validation and test items, and 20 labels to begin with.
int[] order = new RandomStream(1).Sample(dataset.Count, dataset.Count);
DataManager Data() => new(dataset.WithOwnLabels(), new DataSplit
{
    Train = order[..300],
    Validation = order[300..350],
    Test = order[350..],
    InitialSize = InitialSize.OfCount(20),
    Seed = 1,
});

// 3. The model: any module from features to outputs. The ensemble makes one for each member and trains them from scratch in each round.
using var ensemble = new TorchEnsembleRegressor(
    new TorchOptions
    {
        Module = () => Sequential(Linear(10, 32), ReLU(), Linear(32, 32), ReLU(), Linear(32, 1)),
        Optimiser = parameters => torch.optim.Adam(parameters, lr: 0.005),
        Epochs = 60,
        BatchSize = 32,
        EarlyStoppingPatience = 10,
    },
    memberCount: 5);

// 4. The strategy: how much the members disagree, and ε-greedy, so that one label in ten goes where nobody looked.
var strategy = new CompositeStrategy(Informativeness.StandardDeviation, Selection.EpsilonGreedy(0.1), name: "UncertainOrRandom");

// 5. The oracle, which has all the answers here, and the pipeline.
var pipeline = new ActiveLearningPipeline(Data(), ensemble, strategy, new BenchmarkOracle(), seed: 1);
pipeline.ComputeTheoreticalPerformance();

// 6. Eight rounds of ten labels.
pipeline.Run(rounds: 8, batchSize: 10);
Console.WriteLine(pipeline.Summary());

double start = pipeline.History[0].Metrics[MetricNames.RootMeanSquaredError];
double end = pipeline.History[^1].Metrics[MetricNames.RootMeanSquaredError];
double all = pipeline.TheoreticalPerformance![MetricNames.RootMeanSquaredError];
Console.WriteLine($"Root mean squared error on the test items: {start:F1} at the start, {end:F1} at the end; {all:F1} with every label.");
