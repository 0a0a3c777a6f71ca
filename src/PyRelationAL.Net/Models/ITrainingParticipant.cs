namespace PyRelationAL.Models;

/// <summary>
/// A strategy that takes part in the training of the model that it queries for, such as learning loss, or that applies one that may. A pipeline attaches its
/// hook to a model with <see cref="ITrainingHooks"/>; the requirements of a strategy that cannot do without include <see cref="Capabilities.TrainingHooks"/>.
/// </summary>
public interface ITrainingParticipant
{
    /// <summary>Makes the hook of one pipeline, which may keep state between its calls.</summary>
    /// <param name="task">The dataset's task.</param>
    /// <returns>A hook; null where nothing takes part, such as from a wrapper of a strategy that does not.</returns>
    ITrainingHook? CreateTrainingHook(LearningTask task);
}
