using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>What strategies that are made of others pass on: a part in the training, and labels that they suppose.</summary>
internal static class StrategyParts
{
    /// <summary>The hook of the one part that takes part in the training; null where none does.</summary>
    /// <exception cref="InvalidOperationException">More than one part does: a model trains with one.</exception>
    public static ITrainingHook? HookOf(LearningTask task, params IReadOnlyList<IStrategy> parts)
    {
        ITrainingHook? hook = null;
        string? owner = null;
        foreach (IStrategy part in parts)
        {
            if ((part as ITrainingParticipant)?.CreateTrainingHook(task) is not { } own)
            {
                continue;
            }

            hook = owner is null
                ? own
                : throw new InvalidOperationException(
                    $"{owner} and {part.Name} both take part in the training of the model; it can train with one of them only.");
            owner = part.Name;
        }

        return hook;
    }

    /// <summary>The labels that the parts suppose; of an item for which several do, the first part's.</summary>
    public static IReadOnlyList<PseudoLabel> LabelsOf(QueryContext context, params IReadOnlyList<IStrategy> parts)
    {
        PseudoLabel[][] all = [.. parts.OfType<IPseudoLabeller>().Select(part => part.SupposeLabels(context).ToArray())];
        return all.Length == 0 ? [] : [.. all.SelectMany(labels => labels).DistinctBy(label => label.Index)];
    }
}
