using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// A strategy was put together with a model, or a dataset, that cannot give it what it needs. Thrown when a pipeline is built, never in mid-run.
/// </summary>
public sealed class CapabilityMissingException : PyRelationALException
{
    /// <summary>Creates the exception for a missing capability.</summary>
    /// <param name="consumer">The strategy's name.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="missing">What it lacks.</param>
    public CapabilityMissingException(string consumer, string model, Capabilities missing)
        : base(Describe(consumer, model, missing))
    {
        Missing = missing;
    }

    /// <summary>Creates the exception for a task that the strategy is not defined for.</summary>
    /// <param name="consumer">The strategy's name.</param>
    /// <param name="supported">The tasks it is defined for.</param>
    /// <param name="task">The task at hand.</param>
    public CapabilityMissingException(string consumer, TaskKinds supported, LearningTask task)
        : base($"{consumer} is defined for {supported}, and the dataset is for {task}.")
    {
    }

    /// <summary>Creates the exception for a model that draws too few posterior samples.</summary>
    /// <param name="consumer">The strategy's name.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="needed">How many samples the strategy needs.</param>
    /// <param name="given">How many the model draws.</param>
    public CapabilityMissingException(string consumer, string model, int needed, int given)
        : base(Guard.Text($"{consumer} needs at least {needed} posterior samples, and {model} draws {given}: give it more samples or members."))
    {
    }

    /// <summary>The capabilities that are missing; none where the task, or the number of posterior samples, is what does not fit.</summary>
    public Capabilities Missing { get; }

    private static string Describe(string consumer, string model, Capabilities missing)
    {
        IEnumerable<string> parts = missing.Members().Select(capability =>
        {
            IReadOnlyList<string> models = CapabilityExtensions.BuiltInModelsWith(capability);
            return models.Count == 0
                ? $"{capability} (no built-in model has it yet)"
                : $"{capability} (built-in models that have it: {string.Join(", ", models)})";
        });
        return $"{consumer} needs a capability that {model} lacks: {string.Join("; ", parts)}.";
    }
}
