// A person in the loop: labels are missing at the start, a person reads what the strategy asks for, every answer costs time, and the working day ends.
// Run with --ask to be that person.

using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Oracles;
using PyRelationAL.Strategies;
using PyRelationAL.Tutorials;

const int Pool = 300;
const int Test = 200;
const double SecondsPerWord = 0.8;
const double WorkingSeconds = 400;
const int Batch = 5;

string[] texts = Messages.Write(Pool + Test, out int[] truth);
int firstWish = Array.IndexOf(truth, 1), firstBug = Array.IndexOf(truth, 0);
int[] start = [firstBug, firstWish];

// Known from the beginning: two examples and the messages that the model is tested on. Every other label is missing.
DelegateDataset<string> dataset = Messages.AsDataset(
    texts, i => start.Contains(i) || i >= Pool ? Label.OfClass(truth[i]) : Label.Missing);
var data = new DataManager(dataset, new DataSplit { Test = [.. Enumerable.Range(Pool, Test)], Labelled = start });

double spent = 0;
using var day = new CancellationTokenSource();
IOracle person = args.Contains("--ask") ? new DelegateOracle(AskAtTheConsole, name: "You") : new DelegateOracle(ReadAsync, name: "Ada");

Console.WriteLine($"{Pool} messages to a software project, {start.Length} of them labelled as bug or wish.");
Console.WriteLine($"{person.Name} will read what the strategy asks for, {Batch} at a time. A batch counts when all of it is labelled.");
var pipeline = new ActiveLearningPipeline(data, new LogisticRegression(), new EntropyClassificationStrategy(), person, seed: 5);
double before = pipeline.Measure().Metrics[MetricNames.Accuracy];
StopReason reason = await pipeline.RunAsync(new RunOptions { BatchSize = Batch, LabelBudget = 200 }, progress: null, day.Token);

// Finished rounds are kept. Measuring trains once more, on everything labelled until now.
double after = pipeline.Measure().Metrics[MetricNames.Accuracy];
int answered = data.LabelledCount - start.Length;
Console.WriteLine();
Console.WriteLine($"The run ended because: {reason}{(reason == StopReason.Cancelled ? ", in the middle of a batch" : string.Empty)}");
Console.WriteLine($"Labels: {start.Length} at the start, {answered} by {person.Name}; {data.UnlabelledCount} messages were never read.");
Console.WriteLine($"Reading took {spent:F0} of {WorkingSeconds:F0} seconds.");
Console.WriteLine($"Accuracy on the test messages: {before:F3} before, {after:F3} after.");
foreach ((int index, LabelOrigin origin) in pipeline.LabelledBy.Where(x => x.Value.Source == person.Name).Take(3))
{
    Console.WriteLine($"  round {origin.Round}, {origin.Source}: \"{dataset.GetItem(index)}\" is a {dataset.Task.ClassNames![dataset.GetLabel(index).Class]}");
}

// In an application this would await a web page or a queue. Here the time is only counted.
Task<Label> ReadAsync(int index, CancellationToken cancellationToken)
{
    if (spent + Cost(index) > WorkingSeconds)
    {
        // The day is over in the middle of a batch. A round counts whole or not at all, so the pipeline drops this one.
        day.Cancel();
        return Task.FromCanceled<Label>(day.Token);
    }

    spent += Cost(index);
    return Task.FromResult(Label.OfClass(truth[index]));
}

double Cost(int index) => SecondsPerWord * dataset.GetItem(index).Split(' ').Length;

Label AskAtTheConsole(int index)
{
    spent += Cost(index);
    while (true)
    {
        Console.Write($"\"{dataset.GetItem(index)}\"  bug or wish (b/w, q to stop)? ");
        switch (Console.ReadLine()?.Trim().ToLowerInvariant())
        {
            case "b":
                return Label.OfClass(0);
            case "w":
                return Label.OfClass(1);
            case "q" or null:
                day.Cancel();
                throw new OperationCanceledException(day.Token);
        }
    }
}
