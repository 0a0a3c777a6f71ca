using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>What strategies that are made of others pass on: labels that they suppose. For a part in the training see <see cref="Models.TrainingParts"/>.</summary>
internal static class StrategyParts
{
    /// <summary>The labels that the parts suppose; of an item for which several do, the first part's.</summary>
    public static IReadOnlyList<PseudoLabel> LabelsOf(QueryContext context, params IReadOnlyList<IStrategy> parts)
    {
        PseudoLabel[][] all = [.. parts.OfType<IPseudoLabeller>().Select(part => part.SupposeLabels(context).ToArray())];
        return all.Length == 0 ? [] : [.. all.SelectMany(labels => labels).DistinctBy(label => label.Index)];
    }
}
