using PyRelationAL.Models;

namespace PyRelationAL;

/// <summary>What a score, a criterion or a strategy needs: the tasks it is defined for and the capabilities of the model.</summary>
/// <param name="Tasks">The tasks it is defined for.</param>
/// <param name="Capabilities">What the model must be able to do.</param>
public sealed record Requirements(TaskKinds Tasks, Capabilities Capabilities)
{
    /// <summary>The fewest posterior samples that will do, where samples are needed: a committee of one cannot disagree.</summary>
    /// <value>Default: 1.</value>
    public int LeastSampleCount { get; init; } = 1;

    /// <summary>Any task, no model.</summary>
    public static Requirements None { get; } = new(TaskKinds.Any, Capabilities.None);

    /// <summary>What is needed to have both.</summary>
    /// <param name="other">The other requirements.</param>
    /// <returns>The tasks common to both, the capabilities of either, and the larger number of samples.</returns>
    public Requirements And(Requirements other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Requirements(Tasks & other.Tasks, Capabilities | other.Capabilities)
        {
            LeastSampleCount = Math.Max(LeastSampleCount, other.LeastSampleCount),
        };
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

        if (SampleCountOf(model, task) is { } samples && samples < LeastSampleCount)
        {
            throw new CapabilityMissingException(consumer, model!.GetType().Name, LeastSampleCount, samples);
        }
    }

    private static int? SampleCountOf(object? model, LearningTask task) => (task.Kind, model) switch
    {
        (TaskKinds.Classification, IPosteriorClassSampler sampler) => sampler.SampleCount,
        // A model with a Gaussian of its own is asked for that, not for samples.
        (TaskKinds.Regression, IPosteriorValueSampler sampler and not IGaussianPredictor) => sampler.SampleCount,
        _ => null,
    };
}
