using PyRelationAL.Datasets;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>Settings of a comparison, read off the number of items and the task, each with the sentence that says so.</summary>
internal sealed class GuessedSettings(LearningTask task, int itemCount)
{
    /// <summary>A Gaussian process is trained on all training items, too, which takes the cube of their number.</summary>
    private const int MostForGaussianProcess = 500;

    private const int DefaultFolds = 5;

    private const int DefaultSeeds = 3;

    /// <summary>Enough points for a curve; each costs a training.</summary>
    private const int DefaultRounds = 25;

    private static readonly int[] RoundBatches = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 100];

    private readonly List<GuessedSetting> _guesses = [];

    public IReadOnlyList<GuessedSetting> Guesses => _guesses;

    public ModelDescription Model(ModelDescription? given)
    {
        if (given is not null)
        {
            return given;
        }

        bool isSmall = itemCount <= MostForGaussianProcess;
        ModelDescription model = ModelCatalogue.Find(isSmall ? "GaussianProcess" : task.Kind == TaskKinds.Regression ? "Laplace" : "LogisticRegression");
        string why = isSmall ? Invariant($"with {itemCount} items there is time for a Gaussian process")
            : Invariant($"with {itemCount} items a Gaussian process takes too long");
        string what = isSmall ? string.Empty
            : task.Kind == TaskKinds.Regression ? ", and this network knows how uncertain it is" : ", and this one is quick";
        return Guess(nameof(ComparisonOptions.Model), model, $"The model is {model.Name}: {why}{what}.");
    }

    public int Folds(int? given) => given
        ?? Guess(nameof(ComparisonOptions.FoldCount), DefaultFolds, Invariant($"Each of {DefaultFolds} folds is the test set once."));

    public IReadOnlyList<long> Seeds(IReadOnlyList<long>? given, int folds) => given
        ?? Guess<IReadOnlyList<long>>(
            nameof(ComparisonOptions.Seeds), [.. Enumerable.Range(0, DefaultSeeds)],
            Invariant($"There are {DefaultSeeds} seeds, so {DefaultSeeds * folds} runs of each strategy and start."));

    /// <summary>Half of the training items where they are few; of many, some hundreds.</summary>
    public (int Rounds, int BatchSize) Queries(int? givenRounds, int? givenBatch, int trainCount)
    {
        int labels = Math.Max(1, (int)Math.Min(trainCount / 2.0, 60 + (5 * Math.Sqrt(trainCount))));
        int batch = givenBatch ?? RoundBatches.MinBy(size => Math.Abs(size - ((double)labels / (givenRounds ?? DefaultRounds))));
        int rounds = givenRounds ?? Math.Max(1, (labels + batch - 1) / batch);
        if (givenBatch is null)
        {
            Guess(
                nameof(ComparisonOptions.BatchSize), batch,
                Invariant($"Each query labels {(batch == 1 ? "1 item" : $"{batch} items")}, ")
                    + Invariant($"in all {Math.Min(trainCount, rounds * batch)} of {trainCount} training items."));
        }

        if (givenRounds is null)
        {
            Guess(nameof(ComparisonOptions.Rounds), rounds, Invariant($"Each run has {rounds} {(rounds == 1 ? "query" : "queries")}."));
        }

        return (rounds, batch);
    }

    /// <summary>A warm start that has a quarter of what the queries add, and at most a tenth of the training items.</summary>
    public IReadOnlyList<Start> Starts(IReadOnlyList<Start>? given, int trainCount, int queried)
    {
        if (given is not null)
        {
            return given;
        }

        double share = Math.Min(0.1, Math.Max(2.0, queried / 4.0) / trainCount);
        var warm = new WarmStart(share < 0.1 ? Math.Max(0.001, Math.Floor(share * 1000) / 1000) : 0.1);
        string few = task.Kind == TaskKinds.Classification ? "one label of each class" : "two labels";
        return Guess<IReadOnlyList<Start>>(
            nameof(ComparisonOptions.Starts), [new ColdStart(), warm],
            Invariant($"Runs start cold, with {few}, and warm, with {Math.Max(1, (int)(warm.Share * trainCount))} labels drawn at random."));
    }

    /// <summary>Notes a guess.</summary>
    private T Guess<T>(string property, T value, string text)
    {
        _guesses.Add(new GuessedSetting(property, text));
        return value;
    }
}
