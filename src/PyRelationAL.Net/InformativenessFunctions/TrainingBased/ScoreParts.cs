using PyRelationAL.Models;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>What scores that are made of others, and strategies of scores, pass on.</summary>
internal static class ScoreParts
{
    /// <summary>The hook of the one score that takes part in the training; null where none does.</summary>
    /// <exception cref="InvalidOperationException">More than one score does: a model trains with one.</exception>
    public static ITrainingHook? HookOf(LearningTask task, params IReadOnlyList<IInformativenessFunction> scores) =>
        TrainingParts.HookOf(task, scores, score => score.GetType().Name);
}
