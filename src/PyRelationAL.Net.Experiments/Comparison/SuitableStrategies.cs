using PyRelationAL.Models;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>Which strategies a comparison takes, and why it leaves the others out.</summary>
/// <param name="Strategies">Random queries first, then those that people try first, then the others by name.</param>
/// <param name="LeftOut">Those that would fit but are left out, as sentences.</param>
internal sealed record SuitableStrategies(IReadOnlyList<StrategyDescription> Strategies, IReadOnlyList<string> LeftOut)
{
    /// <summary>What strategies are compared with.</summary>
    public const string Baseline = "RandomAcquisition";

    /// <summary>Where time is short, these go first: the usual ones, one or two of each kind.</summary>
    private static readonly string[] Usual =
    [
        "MarginalConfidence", "EntropyClassification", "LeastConfidence", "BADGE", "ClassificationBALD", "QueryByCommittee", "VarianceReduction", "LCMD",
        "ImprovedGreedySampling", "RegressionQueryByCommittee", "KCentreGreedy", "TypiClust",
    ];

    /// <summary>They look for large values, not for a good model.</summary>
    private static readonly string[] Optimisers =
        ["Greedy", "ExpectedImprovement", "ProbabilityOfImprovement", "UpperConfidenceBound", "ThompsonSampling"];

    /// <summary>They look for the items of the task's classes, and here all are.</summary>
    private static readonly string[] ForOpenSets = ["CCAL", "LfOSA", "MQNet", "SIMILAR"];

    /// <summary>With two classes these order items as margins do.</summary>
    private static readonly string[] LikeMargins = ["LeastConfidence", "EntropyClassification", "RatioConfidence"];

    /// <summary>Their work grows with the square of the pool, or each query trains networks of its own.</summary>
    private static readonly string[] Slow = ["Discriminative", "HierarchicalSampling", "VAAL", "WAAL", "ExpectedVarianceReduction", "BatchBALD", "ALBL"];

    /// <summary>From so many items on, what is slow is left out.</summary>
    private const int ManyItems = 5000;

    public static bool IsUsual(StrategyDescription strategy) => Usual.Contains(strategy.Name);

    /// <summary>What is there for a task, a model and a number of items, where the user names nothing.</summary>
    public static SuitableStrategies All(LearningTask task, ModelDescription model, int itemCount)
    {
        IModelManager manager = model.Create(task);
        StrategyDescription[] fitting = [.. StrategyCatalogue.All.Where(strategy => Fits(strategy, task, manager))];
        var leftOut = new List<string>();
        StrategyDescription[] kept = fitting;
        AddReason(leftOut, Remove(ref kept, Optimisers), "look for large values, not for a good model");
        AddReason(leftOut, Remove(ref kept, ForOpenSets), "are for pools with items of unknown classes");
        if (task is { Kind: TaskKinds.Classification, ClassCount: 2 })
        {
            AddReason(leftOut, Remove(ref kept, LikeMargins), "do with two classes what MarginalConfidence does");
        }

        if (itemCount >= ManyItems)
        {
            AddReason(leftOut, Remove(ref kept, Slow), Invariant($"take long with {itemCount} items"));
        }

        return new SuitableStrategies(Ordered(kept), leftOut);
    }

    /// <summary>What the user names, and random queries.</summary>
    /// <exception cref="ArgumentException">A strategy is not for the task.</exception>
    /// <exception cref="CapabilityMissingException">A strategy needs what the model does not give.</exception>
    public static SuitableStrategies Named(IReadOnlyList<StrategyDescription> named, LearningTask task, ModelDescription model)
    {
        IModelManager manager = model.Create(task);
        foreach (StrategyDescription strategy in named)
        {
            if (!strategy.Tasks.HasFlag(task.Kind))
            {
                throw new ArgumentException($"{strategy.Name} is not for {task}; 'strategies' lists what each is for.");
            }

            strategy.Create(task).Requirements.Verify(strategy.Name, task, manager);
        }

        return new SuitableStrategies(Ordered([.. named.Append(StrategyCatalogue.Find(Baseline)).DistinctBy(strategy => strategy.Name)]), []);
    }

    private static StrategyDescription[] Remove(ref StrategyDescription[] strategies, string[] names)
    {
        StrategyDescription[] removed = [.. strategies.Where(strategy => names.Contains(strategy.Name))];
        strategies = [.. strategies.Except(removed)];
        return removed;
    }

    private static void AddReason(List<string> leftOut, IEnumerable<StrategyDescription> strategies, string reason)
    {
        string[] names = [.. strategies.Select(strategy => strategy.Name)];
        if (names.Length > 0)
        {
            leftOut.Add($"Left out, since they {reason}: {string.Join(", ", names)}.");
        }
    }

    private static bool Fits(StrategyDescription strategy, LearningTask task, IModelManager model)
    {
        if (!strategy.Tasks.HasFlag(task.Kind))
        {
            return false;
        }

        try
        {
            strategy.Create(task).Requirements.Verify(strategy.Name, task, model);
            return true;
        }
        catch (CapabilityMissingException)
        {
            return false;
        }
    }

    private static StrategyDescription[] Ordered(StrategyDescription[] strategies) =>
    [
        .. strategies.OrderBy(strategy => strategy.Name == Baseline ? -1 : Array.IndexOf(Usual, strategy.Name) is >= 0 and int place ? place : Usual.Length),
    ];
}
