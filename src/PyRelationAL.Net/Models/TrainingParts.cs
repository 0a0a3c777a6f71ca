namespace PyRelationAL.Models;

/// <summary>What is made of parts, of which some may take part in the training.</summary>
internal static class TrainingParts
{
    /// <summary>The hook of the one part that takes part in the training; null where none does.</summary>
    /// <param name="task">The dataset's task.</param>
    /// <param name="parts">The parts; one that comes twice counts once.</param>
    /// <param name="nameOf">What to call a part in a message.</param>
    /// <exception cref="InvalidOperationException">More than one part does: a model trains with one.</exception>
    public static ITrainingHook? HookOf<TPart>(LearningTask task, IReadOnlyList<TPart> parts, Func<TPart, string> nameOf)
        where TPart : class
    {
        ITrainingHook? hook = null;
        string? owner = null;
        foreach (TPart part in parts.Distinct(ReferenceEqualityComparer.Instance).Cast<TPart>())
        {
            if ((part as ITrainingParticipant)?.CreateTrainingHook(task) is not { } own)
            {
                continue;
            }

            hook = owner is null
                ? own
                : throw new InvalidOperationException(
                    $"{owner} and {nameOf(part)} both take part in the training of the model; it can train with one of them only.");
            owner = nameOf(part);
        }

        return hook;
    }
}
