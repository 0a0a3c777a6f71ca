using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>
/// One network for all strategies: one hidden layer of 64, dropout 0.2, 60 epochs. Strategies that need posterior samples ask it under ten masks; the others
/// use it whole, which gives them its head, its gradients and its training.
/// </summary>
internal static class Networks
{
    private static readonly NeuralNetworkOptions Options = new() { HiddenWidths = [64], Dropout = 0.2, Epochs = 60, EarlyStoppingPatience = null };

    public static ModelDescription Whole { get; } = new("Network", "The network.", TaskKinds.Classification, _ => new NeuralNetworkClassifier(Options));

    public static ModelDescription Masked { get; } = new(
        "MaskedNetwork",
        "The network under dropout masks.",
        TaskKinds.Classification,
        _ => new MCDropoutClassifier(new MCDropoutOptions { Network = Options, SampleCount = 10 }));

    /// <summary>The candidates that strategies get which train something of their own, or invert large matrices, in each query.</summary>
    private const int Few = 500;

    private static readonly Type[] Slow =
    [
        typeof(BAITStrategy), typeof(CCALStrategy), typeof(DiscriminativeStrategy), typeof(MQNetStrategy), typeof(VAALStrategy), typeof(WAALStrategy),
    ];

    /// <summary>The strategies of the catalogue by the model that they are used with; random queries with both.</summary>
    public static IReadOnlyList<StrategyDescription> StrategiesFor(ModelDescription model)
    {
        LearningTask task = LearningTask.Classification(3);
        return
        [
            .. StrategyCatalogue.All.Where(s => s.Tasks.HasFlag(TaskKinds.Classification))
                .Where(s => s.Type == typeof(RandomAcquisitionStrategy) || (Fits(s, model) && (model == Whole || !Fits(s, Whole))))
                .Select(s => Slow.Contains(s.Type)
                    ? s with { Name = FormattableString.Invariant($"{s.Name} of {Few}"), Create = task => new SubPoolStrategy(s.Create(task), Few) }
                    : s),
        ];

        bool Fits(StrategyDescription strategy, ModelDescription candidate) =>
            (strategy.Create(task).Requirements.Capabilities & ~CapabilityExtensions.CapabilitiesOf(candidate.Create(task))) == Capabilities.None;
    }
}
