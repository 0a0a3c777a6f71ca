namespace PyRelationAL.Models;

/// <summary>What strategies and scores that are made of others pass on: a part in the training.</summary>
internal static class TrainingParts
{
    /// <summary>The hook of the one part that takes part in the training; null where none does.</summary>
    /// <param name="task">The dataset's task.</param>
    /// <param name="parts">Strategies or scores.</param>
    /// <exception cref="InvalidOperationException">More than one part does: a model trains with one.</exception>
    public static ITrainingHook? HookOf(LearningTask task, params IReadOnlyList<object> parts)
    {
        ITrainingHook? hook = null;
        string? owner = null;
        foreach (object part in parts.Distinct(ReferenceEqualityComparer.Instance))
        {
            if ((part as ITrainingParticipant)?.CreateTrainingHook(task) is not { } own)
            {
                continue;
            }

            string name = (part as IStrategy)?.Name ?? part.GetType().Name;
            hook = owner is null
                ? own
                : throw new InvalidOperationException($"{owner} and {name} both take part in the training of the model; it can train with one of them only.");
            owner = name;
        }

        return hook;
    }
}
