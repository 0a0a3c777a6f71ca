using PyRelationAL.Strategies;

namespace PyRelationAL.Reproduction.Strategies;

/// <summary>The strategies of the tables under the names that they have there: four for each task, and two of them for both.</summary>
internal static class PaperStrategies
{
    private const TaskKinds Both = TaskKinds.Classification | TaskKinds.Regression;

    /// <summary>As published: the scores of 2022.</summary>
    public static IReadOnlyList<StrategyDescription> AsPublished { get; } =
    [
        Random,
        Describe("LeastConfidence", Both, task => task.Kind == TaskKinds.Regression
            ? Scored("LeastConfidence", (mean, deviation, _) => TwoRowScores.LeastConfidence(mean, deviation))
            : Scored("LeastConfidence", SoftmaxScores.LeastConfidence)),
        Describe("Margin", TaskKinds.Classification, _ => Scored("Margin", SoftmaxScores.Margin)),
        Describe("Entropy", TaskKinds.Classification, _ => Scored("Entropy", SoftmaxScores.Entropy)),
        Describe("BALD (Greedy)", TaskKinds.Regression, _ => Scored("BALD (Greedy)", (mean, deviation, _) => TwoRowScores.Bald(mean, deviation))),
        Describe("ExpectedImprovement", TaskKinds.Regression, _ => Scored("ExpectedImprovement", TwoRowScores.ExpectedImprovement)),
        Describe("Representative", Both, _ => new NearestToMeanStrategy()),
    ];

    /// <summary>As it should be: the library's, with least confidence for regression where the standard deviation is largest.</summary>
    public static IReadOnlyList<StrategyDescription> AsItShouldBe { get; } =
    [
        Random,
        Describe("LeastConfidence", Both, task => task.Kind == TaskKinds.Regression ? new VarianceReductionStrategy() : new LeastConfidenceStrategy()),
        Describe("Margin", TaskKinds.Classification, _ => new MarginalConfidenceStrategy()),
        Describe("Entropy", TaskKinds.Classification, _ => new EntropyClassificationStrategy()),
        Describe("BALD (Greedy)", TaskKinds.Regression, _ => new BALDStrategy()),
        Describe("ExpectedImprovement", TaskKinds.Regression, _ => new ExpectedImprovementStrategy()),
        Describe("Representative", Both, _ => new RepresentativeSamplingStrategy()),
    ];

    private static StrategyDescription Random => Describe("RandomAcquisition", Both, _ => new RandomAcquisitionStrategy());

    private static ListedPoolStrategy Scored(string name, Func<double, double, double, double> score) => new(new TwoRowFunction(score), name);

    private static ListedPoolStrategy Scored(string name, Func<ReadOnlySpan<double>, float> score) => new(new SoftmaxFunction(score), name);

    private static StrategyDescription Describe(string name, TaskKinds tasks, Func<LearningTask, IStrategy> create) => new(
        name, typeof(Strategy), name + " of the paper's tables.", "Scherer et al., arXiv 2205.11117, 2022", tasks, create);
}
