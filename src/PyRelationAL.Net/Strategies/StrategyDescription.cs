namespace PyRelationAL.Strategies;

/// <summary>A built-in strategy: what it is called, what it does, where it comes from, and how to make one with default settings.</summary>
/// <param name="Name">The type's name without "Strategy".</param>
/// <param name="Type">The type.</param>
/// <param name="Summary">What it queries, in one sentence.</param>
/// <param name="Reference">Author, year, venue.</param>
/// <param name="Tasks">The tasks for which <see cref="Create"/> gives a strategy.</param>
/// <param name="Create">Makes one for a task.</param>
public sealed record StrategyDescription(
    string Name, Type Type, string Summary, string Reference, TaskKinds Tasks, Func<LearningTask, IStrategy> Create);
