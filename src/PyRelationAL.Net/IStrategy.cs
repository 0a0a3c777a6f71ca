namespace PyRelationAL;

/// <summary>Decides which unlabelled items to have labelled next.</summary>
/// <remarks>
/// Derive from <see cref="Strategies.Strategy"/>, or compose a <see cref="Strategies.CompositeStrategy"/>, rather than implementing this from scratch.
/// </remarks>
public interface IStrategy
{
    /// <summary>The strategy's name in tables and on the command line.</summary>
    string Name { get; }

    /// <summary>What it needs of the task and the model; checked when a pipeline is built.</summary>
    Requirements Requirements { get; }

    /// <summary>Suggests a batch.</summary>
    /// <param name="context">The pool and what the model says of it.</param>
    /// <param name="count">How many items; 0 or less gives an empty batch, more than the pool gives the whole pool.</param>
    /// <returns>Exactly min(count, pool) distinct dataset indices, best first.</returns>
    Suggestion Suggest(QueryContext context, int count);
}
