namespace PyRelationAL.Experiments;

/// <summary>A model that experiments can name: what it is, the tasks it is for, and how to make one. Immutable.</summary>
/// <param name="Name">The name on the command line and in results.</param>
/// <param name="Summary">What it is, in one sentence.</param>
/// <param name="Tasks">The tasks for which <paramref name="Create"/> gives a model.</param>
/// <param name="Create">
/// Makes a new, untrained model; called once for each run, from several threads. It should use one thread only: runs are what is parallel.
/// </param>
public sealed record ModelDescription(string Name, string Summary, TaskKinds Tasks, Func<LearningTask, IModelManager> Create);
