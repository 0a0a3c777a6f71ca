using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The check that the static selections share.</summary>
internal static class SelectionBounds
{
    public static void Check(int count, int candidates)
    {
        if (count < 0 || count > candidates)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, Guard.Text($"{count} candidates were asked for; the number must lie in [0, {candidates}]."));
        }
    }
}
