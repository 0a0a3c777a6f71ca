using PyRelationAL.Numerics;

namespace PyRelationAL.ActiveLearning;

/// <summary>
/// One run of a pipeline, the same object in each of its rounds: what a strategy remembers is kept under it, so that runs that share a strategy or a dataset
/// do not meet.
/// </summary>
/// <param name="random">A stream of the run, from which a round's are not drawn.</param>
internal sealed class RunScope(RandomStream random)
{
    /// <summary>A stream for one consumer that is the same in every round, also of a run that was begun anew.</summary>
    public RandomStream RandomFor(string consumer) => random.Child(consumer);
}
