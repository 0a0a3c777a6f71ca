using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>How a model's parameters lie in one vector θ [P]: groups one after the other, without gaps. Immutable.</summary>
public sealed class ParameterLayout
{
    /// <summary>Creates a layout.</summary>
    /// <param name="groups">The groups, each starting where the one before ends.</param>
    /// <exception cref="ArgumentException">There is a gap or an overlap, or a group is empty.</exception>
    public ParameterLayout(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        int start = 0;
        foreach (ParameterGroup group in groups)
        {
            if (group.Start != start || group.Length < 1)
            {
                throw new ArgumentException(
                    Guard.Text($"The group \"{group.Name}\" has {group.Length} parameters from position {group.Start}; it must have some, from {start}."),
                    nameof(groups));
            }

            start = checked(start + group.Length);
        }

        Groups = [.. groups];
        Count = start;
    }

    /// <summary>The groups, in order.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The number P of parameters.</summary>
    public int Count { get; }
}
