using PyRelationAL.Models;

namespace PyRelationAL;

/// <summary>What a score, a criterion or a strategy needs: the tasks it is defined for and the capabilities of the model.</summary>
/// <param name="Tasks">The tasks it is defined for.</param>
/// <param name="Capabilities">What the model must be able to do.</param>
public sealed record Requirements(TaskKinds Tasks, Capabilities Capabilities)
{
    /// <summary>Any task, no model.</summary>
    public static Requirements None { get; } = new(TaskKinds.Any, Capabilities.None);

    /// <summary>What is needed to have both.</summary>
    /// <param name="other">The other requirements.</param>
    /// <returns>The tasks common to both, and the capabilities of either.</returns>
    public Requirements And(Requirements other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Requirements(Tasks & other.Tasks, Capabilities | other.Capabilities);
    }

    /// <summary>Fails, with the names of what lacks what, unless the task and the model satisfy these requirements.</summary>
    /// <param name="consumer">Who needs it, for the message.</param>
    /// <param name="task">The dataset's task.</param>
    /// <param name="model">The model, or null.</param>
    /// <exception cref="CapabilityMissingException">Something is missing.</exception>
    public void Verify(string consumer, LearningTask task, object? model)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!Tasks.HasFlag(task.Kind))
        {
            throw new CapabilityMissingException(consumer, Tasks, task);
        }

        Capabilities missing = Capabilities & ~CapabilityExtensions.CapabilitiesOf(model);
        if (missing != Capabilities.None)
        {
            throw new CapabilityMissingException(consumer, model?.GetType().Name ?? "no model", missing);
        }
    }
}
