using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>Checks at the edge of the static selection functions.</summary>
internal static class SelectionArguments
{
    public static void Check(ReadOnlySpan<double> scores, int count)
    {
        Guard.AllFinite(scores, 1, "scores", nameof(scores));
        if (count < 0 || count > scores.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, Guard.Text($"count is {count}; it must lie in [0, {scores.Length}], the number of candidates."));
        }
    }
}
