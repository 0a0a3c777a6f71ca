// A network that knows what it does not know: its dropout stays on when it predicts, so that it gives other probabilities each time, and BALD asks for the
// digits on
// which these answers disagree (Gal, Islam and Ghahramani, "Deep Bayesian active learning with image data", ICML 2017). A network that has seen a few dozen
// images
// disagrees with itself in the wrong places, and random labels are the better ones; from about a hundred on BALD is ahead.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

const int Rounds = 20;
const int Batch = 10;
const int Runs = 3;

// 1,797 images of 8 × 8 pixels. One fifth is kept for testing; one image of each digit is labelled at first.
InMemoryDataset digits = Digits.Load();
Fold fold = digits.StratifiedFolds(5, seed: 1)[0];

var options = new MCDropoutOptions
{
    Network = new NeuralNetworkOptions { HiddenWidths = [128], Dropout = 0.3, Epochs = 80 },
    SampleCount = 20,
};

double[] random = Curve(new RandomAcquisitionStrategy());
double[] bald = Curve(new ClassificationBALDStrategy());

Console.WriteLine($"Accuracy on {fold.Test.Count} test images, mean of {Runs} runs:");
Console.WriteLine();
Console.WriteLine($"{"labels",8}{"random",10}{"BALD",10}");
for (int round = 0; round <= Rounds; round++)
{
    Console.WriteLine($"{10 + (round * Batch),8}{random[round],10:F3}{bald[round],10:F3}");
}

int needed = Array.FindIndex(bald, accuracy => accuracy >= random[^1]);
Console.WriteLine();
Console.WriteLine($"What {10 + (Rounds * Batch)} random labels give, BALD reaches with {10 + (needed * Batch)}.");

double[] Curve(IStrategy strategy)
{
    double[][] runs = [.. Enumerable.Range(1, Runs).Select(seed => Run(strategy, seed))];
    return [.. Enumerable.Range(0, Rounds + 1).Select(round => runs.Average(run => run[round]))];
}

double[] Run(IStrategy strategy, long seed)
{
    // The same seed gives both strategies the same start and the same initial weights.
    DataManager data = ColdStart.Create(digits.WithOwnLabels(), fold, seed);
    var pipeline = new ActiveLearningPipeline(data, new MCDropoutClassifier(options), strategy, seed: seed);
    pipeline.Run(Rounds, Batch);
    return [.. pipeline.History.Select(round => round.Metrics[MetricNames.Accuracy])];
}
