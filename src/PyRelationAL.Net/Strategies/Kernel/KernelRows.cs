using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>What the kernel strategies ask of their arguments and of the round.</summary>
internal static class KernelRows
{
    public static FeatureMatrix Labelled(QueryContext context, FeatureSpace space) =>
        // Asked for only where it exists: embedding nothing is a request that some models refuse.
        context.Labelled.Count == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.LabelledRows(space);

    public static void Check(FeatureMatrix candidates, FeatureMatrix labelled, int count, ReadOnlySpan<double> scores)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        SelectionBounds.Check(count, candidates.RowCount);
        if (!scores.IsEmpty)
        {
            Guard.SameLength(count, scores.Length, nameof(scores), nameof(scores));
        }

        if (labelled.RowCount > 0)
        {
            Guard.SameLength(candidates.ColumnCount, labelled.ColumnCount, "columns of the labelled rows", nameof(labelled));
        }
    }
}
